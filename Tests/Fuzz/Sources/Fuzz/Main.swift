// SPDX-License-Identifier: GPL-3.0-or-later
import CFuzzer
import Foundation

/// `Fuzz` lists the targets, `Fuzz TARGET ARG…` fuzzes one with libFuzzer's own arguments.
@main
enum Main {
  /// The target of this process: libFuzzer calls a C function, which can capture nothing, and is set before its one thread runs.
  nonisolated(unsafe) static var target = Target.all[0]

  static func main() {
    guard CommandLine.argc > 1 else {
      for target in Target.all { print(target.name) }
      return
    }
    let name = CommandLine.arguments[1]
    guard let found = Target.all.first(where: { $0.name == name }) else {
      FileHandle.standardError.write(Data("error: no target is called \(name)\n".utf8))
      exit(2)
    }
    target = found
    // libFuzzer reads its arguments from the second on.
    var count = CommandLine.argc - 1
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv + 1
    exit(
      LLVMFuzzerRunDriver(&count, &arguments) { data, size in
        Main.target.run([UInt8](UnsafeBufferPointer(start: data, count: size)))
        return 0
      })
  }
}
