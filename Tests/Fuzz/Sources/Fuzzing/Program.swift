// SPDX-License-Identifier: GPL-3.0-or-later
import CFuzzer
import Foundation

/// A program that lists its targets, or fuzzes the one that its first argument names with libFuzzer's own arguments.
public protocol Program {
  /// Its targets.
  static var targets: [Target] { get }
}

/// The target of this process: libFuzzer calls a C function, which can capture nothing, and is set before its one thread runs.
nonisolated(unsafe) private var chosen: Target?

extension Program {
  /// Where the program begins.
  public static func main() {
    guard CommandLine.argc > 1 else {
      for target in targets { print(target.name) }
      return
    }
    let name = CommandLine.arguments[1]
    guard let found = targets.first(where: { $0.name == name }) else {
      FileHandle.standardError.write(Data("error: no target is called \(name)\n".utf8))
      exit(2)
    }
    chosen = found
    // libFuzzer reads its arguments from the second on.
    var count = CommandLine.argc - 1
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv + 1
    exit(
      LLVMFuzzerRunDriver(&count, &arguments) { data, size in
        chosen?.run([UInt8](UnsafeBufferPointer(start: data, count: size)))
        return 0
      })
  }
}
