// SPDX-License-Identifier: GPL-3.0-or-later
import ExactJSON
import Foundation
import Oracle
import SeededRuns

/// Files of vectors, one an operation, that an implementation is judged by.
public struct VectorSuite: Sendable {
  /// The files, in the order of their names.
  public let files: [VectorFile]

  /// A suite of these files.
  public init(_ files: [VectorFile]) { self.files = files }

  /// Reads every `.json` file of a folder.
  ///
  /// - Throws: ``VectorSuiteError`` that names the file and the rule that it breaks.
  public init(folder: String) throws(VectorSuiteError) {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      throw VectorSuiteError(path: folder, problem: "no such folder, or it cannot be read")
    }
    let paths = names.filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") }.sorted().map { "\(folder)/\($0)" }
    guard !paths.isEmpty else { throw VectorSuiteError(path: folder, problem: "holds no .json file of vectors") }
    var files: [VectorFile] = []
    var origins: [String: String] = [:]
    for path in paths {
      guard let data = FileManager.default.contents(atPath: path) else {
        throw VectorSuiteError(path: path, problem: "cannot be read; check its permissions")
      }
      let file: VectorFile
      do throws(VectorFileError) { file = try VectorFile(parsing: data) } catch {
        throw VectorSuiteError(path: path, problem: "\(error)")
      }
      for test in file.tests {
        if let other = origins.updateValue(path, forKey: test.id) {
          throw VectorSuiteError(path: path, problem: "the id \"\(test.id)\" is also in \(other)")
        }
      }
      files.append(file)
    }
    self.init(files)
  }

  /// The vectors of this version: in a debug build `fixtures/vectors` beside the sources where they are still there, else made
  /// anew.
  ///
  /// Making them takes half a minute without optimization, seconds with it. An optimized program says nothing of the folder
  /// that it was built in.
  ///
  /// - Throws: ``VectorSuiteError`` where a file is damaged.
  public static func standard() throws(VectorSuiteError) -> VectorSuite {
    #if DEBUG
      var root = URL(fileURLWithPath: #filePath)
      for _ in 0..<4 { root.deleteLastPathComponent() }
      let folder = root.appendingPathComponent("fixtures/vectors").path
      if FileManager.default.fileExists(atPath: folder) { return try VectorSuite(folder: folder) }
    #endif
    return VectorSuite(VectorBook.files())
  }

  /// The number of vectors.
  public var count: Int { files.reduce(0) { $0 + $1.tests.count } }

  /// The version of the newest file; nil where there is none.
  public var version: String? { files.map(\.version).max { $0.compare($1, options: .numeric) == .orderedAscending } }

  /// One number, in hexadecimal digits, for all that the vectors say: which vectors a report is about.
  public var digest: String {
    let lines = files.flatMap(\.tests).map { "\($0.id) \($0.digest)\n" }
    return String(fingerprint(of: lines.joined()), radix: 16)
  }

  /// The vectors without any of these flags.
  public func without(flags: Set<String>) -> VectorSuite {
    VectorSuite(
      files.map { file in
        VectorFile(
          operation: file.operation, version: file.version, source: file.source, notes: file.notes,
          tests: file.tests.filter { flags.isDisjoint(with: $0.flags) })
      })
  }

  /// The vectors of some operations only.
  public func only(_ operations: Set<OracleOperation>) -> VectorSuite {
    VectorSuite(files.filter { operations.contains($0.operation) })
  }
}

/// Why a folder holds no suite of vectors.
public struct VectorSuiteError: Error, Equatable, CustomStringConvertible {
  /// The file or folder.
  public let path: String
  /// The rule that it breaks.
  public let problem: String

  /// "vectors/ksg.json: …".
  public var description: String { "\(path): \(problem)" }
}

extension ConformanceVector {
  /// A number, in hexadecimal digits, for all that the vector says: a published vector keeps its own.
  public var digest: String { String(fingerprint(of: document.description), radix: 16) }
}
