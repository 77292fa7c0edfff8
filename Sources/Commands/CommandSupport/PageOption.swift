// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import ExactJSON
import Foundation
import Reporting

/// The option of commands whose results are also a page that people look at.
package struct PageOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Also write the results as a page with pictures: one HTML file, whole in itself.", valueName: "file"))
  package var html: String?

  package init() {}

  /// Before anything is computed: whether the file can be written.
  package func validate() throws {
    // To open a FIFO and to close it would end its reader.
    guard let html, !PageOption.isPipe(html) else { return }
    do { _ = try outputFile(html, "--html") } catch { throw ValidationError("\(error)") }
  }

  /// Writes the page of a document, where one is asked for.
  ///
  /// - Throws: ``UserError`` that names the file.
  package func save(_ document: @autoclosure () throws -> JSONValue) throws {
    guard let html else { return }
    let file = try outputFile(html, "--html")
    let page: String
    do { page = try Page([try Document(name: "this run", value: try document())]).html } catch {
      throw UserError("--html \(html): \(error)")
    }
    try file.save(page)
  }

  private static func isPipe(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
  }
}
