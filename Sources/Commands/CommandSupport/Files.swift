// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Datasets
import Distillation
import FileWriting
import Foundation
import DataTables

/// Reads a whole file, or a pipe, or standard input for `-`; what is compressed with gzip is inflated.
///
/// - Throws: ``UserError`` that names the path and says why it cannot be read.
@inline(never) package func readFile(_ path: String) throws -> Data {
  do {
    let (file, bytes) = (DataFile(path), try DataFile(path).bytes())
    try file.requireText(bytes)
    return Data(bytes)
  } catch { throw UserError("\(error)") }
}

/// Reads a table, plain or compressed with gzip.
///
/// - Throws: ``UserError`` that names the path, the place and the rule.
package func readTable(_ path: String) throws -> DataTable {
  do { return try DataFile(path).table() } catch { throw UserError("\(error)") }
}

/// A file that says what is true of a covariance, or of classes.
package enum AnyProblem { case covariance(ProblemFile), classes(ClassProblemFile) }

/// Reads an instance, a model of classes, or a certificate about either; once, so that it may be a pipe.
///
/// - Throws: ``UserError`` that names the file, the entry and the rule.
package func readAnyProblem(_ path: String) throws -> AnyProblem {
  let data = try readFile(path)
  do {
    if ClassProblemFile.isOne(data) { return .classes(try ClassProblemFile(data)) }
    return .covariance(try ProblemFile(data, claimNamed: { try ClaimTexts.reader.claim(ofCertificate: $0) }))
  } catch { throw UserError(file: path, error) }
}

/// Reads an instance or a certificate about one.
///
/// - Throws: ``UserError`` that names the file, the entry and the rule.
package func readProblem(_ path: String) throws -> ProblemFile {
  switch try readAnyProblem(path) {
  case .covariance(let problem): return problem
  case .classes:
    throw UserError(
      "\(path): schema: a model of classes, where an instance is needed; 'cch explain' and 'cch check' take models")
  }
}

/// The `fixtures` folder: `CCH_FIXTURES`, else the nearest one above the working folder, the tool or its source, or, of a tool that is
/// installed as `PREFIX/bin/cch`, `PREFIX/share/cch/fixtures`.
package enum Fixtures {
  /// The path of a file or folder in it, which is there.
  ///
  /// - Parameter advice: another way to what is missing, as in "name the folder with --data".
  /// - Throws: ``UserError`` that names the path and `CCH_FIXTURES`.
  package static func path(_ relative: String, or advice: String? = nil) throws -> String {
    let path = (folder ?? "fixtures") + "/" + relative
    guard FileManager.default.fileExists(atPath: path) else {
      throw UserError(
        "\(path): no such file; \(advice.map { $0 + ", or " } ?? "")set CCH_FIXTURES to the project's folder 'fixtures'"
      )
    }
    return path
  }

  /// Checks that there is such a folder.
  ///
  /// - Throws: ``UserError`` that names `CCH_FIXTURES` where there is none.
  package static func requireFolder() throws {
    guard let folder, FileManager.default.fileExists(atPath: folder) else {
      throw UserError(
        "\(folder ?? "fixtures"): there is no folder of fixtures; run in the project, or set CCH_FIXTURES to its folder 'fixtures'"
      )
    }
  }

  private static let folder: String? = {
    let environment = ProcessInfo.processInfo.environment
    if let named = environment["CCH_FIXTURES"], !named.isEmpty { return named }
    let manager = FileManager.default
    // By the system: the first argument is a bare name where the tool was found in PATH.
    let tool = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path
    return [manager.currentDirectoryPath, tool].lazy.compactMap(nearestFixtures).first
  }()

  private static func nearestFixtures(above path: String) -> String? {
    var folder = URL(fileURLWithPath: path)
    while true {
      for place in ["fixtures", "share/cch/fixtures"] {
        let candidate = folder.appendingPathComponent(place).path
        if FileManager.default.fileExists(atPath: candidate + "/certificates") { return candidate }
      }
      if folder.path == "/" || folder.path.isEmpty { return nil }
      folder.deleteLastPathComponent()
    }
  }
}

/// A file that a result goes to, checked before anything is computed.
///
/// - Throws: ``UserError`` that names the option, the path and what is in the way.
package func outputFile(_ path: String, _ option: String = "--out") throws -> OutputFile<POSIXFileSystem> {
  var (own, named) = (stat(), stat())
  // Standard output that goes to a file: the file would be replaced beneath it.
  if fstat(STDOUT_FILENO, &own) == 0, stat(path, &named) == 0, own.st_mode & S_IFMT == S_IFREG,
    own.st_dev == named.st_dev, own.st_ino == named.st_ino
  {
    throw UserError("\(option) \(path): standard output goes to this file already; leave \(option) out")
  }
  do { return try OutputFile(path) } catch { throw UserError("\(option) \(error)") }
}

/// Makes the folder that results go to, with those above it, unless it is there.
///
/// - Throws: ``UserError`` that names the option, the path and what to do.
package func makeFolder(_ path: String, _ option: String = "--out") throws {
  do { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) } catch {
    throw UserError("\(option) \(path): the folder cannot be made; name one that can, or make it first")
  }
  guard access(path, W_OK) == 0 else { throw UserError("\(option) \(path): cannot be written; check its permissions") }
}

extension OutputFile {
  /// Writes a text as the whole content; a signal waits for it.
  ///
  /// - Throws: ``UserError`` that names the path and says why it cannot be written.
  package func save(_ text: String) throws {
    do { try Interruption.saving { try write(text) } } catch { throw UserError("\(error)") }
  }
}
