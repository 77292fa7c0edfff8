import Claims
import Datasets
import Distillation
import Foundation
import DataTables

/// Reads a whole file.
///
/// - Throws: ``UserError`` that names the path and says why it cannot be read.
func readFile(_ path: String) throws -> Data {
  var isDirectory: ObjCBool = false
  guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
    throw UserError("\(path): no such file")
  }
  if isDirectory.boolValue { throw UserError("\(path): is a directory; name a file in it") }
  do { return try Data(contentsOf: URL(fileURLWithPath: path)) } catch {
    throw UserError("\(path): cannot be read; check its permissions")
  }
}

/// Reads a CSV table, plain or compressed with gzip.
///
/// - Throws: ``UserError`` that names the path, the place and the rule.
func readTable(_ path: String) throws -> DataTable {
  do { return try DataFile(path).table() } catch { throw UserError("\(error)") }
}

/// Reads an instance or a certificate.
///
/// - Throws: ``UserError`` that names the file, the entry and the rule.
func readProblem(_ path: String) throws -> ProblemFile {
  let data = try readFile(path)
  do { return try ProblemFile(data) } catch { throw UserError(file: path, error) }
}

/// The `fixtures` folder: `CCH_FIXTURES`, else the nearest one above the working folder, the tool or its source.
enum Fixtures {
  static func path(_ relative: String) throws -> String {
    guard let folder else {
      throw UserError(
        "fixtures/\(relative): no fixtures folder found; run in the project or set CCH_FIXTURES to its path")
    }
    return folder.appending("/" + relative)
  }

  private static let folder: String? = {
    let environment = ProcessInfo.processInfo.environment
    if let named = environment["CCH_FIXTURES"], !named.isEmpty { return named }
    let manager = FileManager.default
    let tool = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().path
    return [manager.currentDirectoryPath, tool, #filePath].lazy.compactMap(nearestFixtures).first
  }()

  private static func nearestFixtures(above path: String) -> String? {
    var folder = URL(fileURLWithPath: path)
    while true {
      let candidate = folder.appendingPathComponent("fixtures").path
      if FileManager.default.fileExists(atPath: candidate + "/certificates") { return candidate }
      if folder.path == "/" || folder.path.isEmpty { return nil }
      folder.deleteLastPathComponent()
    }
  }
}

/// Writes a whole file, or nothing.
///
/// - Throws: ``UserError`` that names the path and says why it cannot be written.
func writeFile(_ text: String, to path: String) throws {
  do { try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic) } catch {
    throw UserError("\(path): cannot be written; check that its folder exists and its permissions")
  }
}
