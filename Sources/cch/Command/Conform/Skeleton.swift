// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import ArgumentParser
import FileWriting
import Foundation
import Oracle

/// Programs to start from, one a language: each answers one operation of the protocol.
enum Skeleton: String, CaseIterable, ExpressibleByArgument {
  case python, r, julia, node, c, swift

  /// The file that is written.
  var fileName: String {
    switch self {
    case .python: "adapter.py"
    case .r: "adapter.R"
    case .julia: "adapter.jl"
    case .node: "adapter.js"
    case .c: "adapter.c"
    case .swift: "adapter.swift"
    }
  }

  /// What makes it a program; nil for a language whose programs are run as they are.
  private var building: String? {
    switch self {
    case .c: "cc -O2 -o adapter adapter.c -lcjson -lm"
    case .swift: "swiftc -O adapter.swift -o adapter"
    default: nil
    }
  }

  /// How it is called.
  private var command: String {
    switch self {
    case .python: "python3 adapter.py"
    case .r: "Rscript adapter.R"
    case .julia: "julia adapter.jl"
    case .node: "node adapter.js"
    case .c, .swift: "./adapter"
    }
  }

  /// The program, with the names of the operations that are to be written.
  ///
  /// - Throws: ``UserError`` where the fixtures are not there.
  func text() throws -> String {
    let data = try readFile(try Fixtures.path("skeletons/\(fileName)"))
    let others = OracleOperation.allCases.map(\.rawValue).filter { $0 != "ksg" }.joined(separator: ", ")
    return String(decoding: data, as: UTF8.self).replacing("@OTHERS@", with: others)
  }

  /// What to do with it, and the steps for continuous integration.
  var advice: String {
    let build = building.map { "  \($0)\n" } ?? ""
    let step = building.map { "      - run: \($0)\n" } ?? ""
    return """
      \(fileName) answers ksg; write the other operations into it. To test it:

      \(build)  cch conform -- \(command)

      In a workflow of GitHub Actions:

            - run: pip install ./vendor/cch_oracle-*.whl
      \(step)      - run: cch conform --junit conform.xml -- \(command)

      'cch conform --write-xfails FILE' keeps what fails now, 'cch conform --xfails FILE' fails where that changes.

      """
  }
}

extension ConformCommand {
  /// Writes a skeleton into the working folder.
  ///
  /// - Throws: ``UserError`` where the file is there already.
  func write(_ skeleton: Skeleton) throws {
    let name = skeleton.fileName
    guard !FileManager.default.fileExists(atPath: name) else {
      throw UserError("--init \(skeleton.rawValue): \(name) is there already; move it, or go to another folder")
    }
    let text = try skeleton.text()
    try outputFile(name, "--init").save(text)
    try StandardOutput.write(skeleton.advice)
  }
}
