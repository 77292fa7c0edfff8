// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Conjectures
import Foundation
import PlainText

/// The claim that was meant: by its name, by a name in a file of statements, or stated in text.
///
/// - Throws: ``UserError`` that shows the place in the text.
func chosenClaim(_ text: String, file: String?) throws(UserError) -> any Claim {
  if let file {
    let names = try readClaims(file)
    if let conjecture = names.conjecture(text) { return conjecture.claim }
    let known = names.conjectures.compactMap(\.name)
    let near = nearestName(to: text, among: known).map { "did you mean \(quoted($0))?" }
    throw UserError(file: file, "no statement \(quoted(text)); \(near ?? "it has \(listed(known))")")
  }
  do throws(ClaimLookupError) { return try claim(namedOrStated: text) } catch {
    if classClaim(text) != nil {
      throw UserError("\(quoted(text)) is a claim about classes; here stands one about the Gaussian model")
    }
    throw UserError("\(error)", excerpt: error.excerpt)
  }
}

/// The claim that was meant, also one about classes.
///
/// - Throws: ``UserError`` as ``chosenClaim(_:file:)``.
func listedClaim(_ text: String, file: String?) throws(UserError) -> any ListedClaim {
  if file == nil, let claim = classClaim(text) { return claim }
  return try chosenClaim(text, file: file)
}

/// A file of named statements.
///
/// - Throws: ``UserError`` that names the file and the line.
func readClaims(_ path: String) throws(UserError) -> ClaimFile {
  let data: Data
  do { data = try readFile(path) } catch let error as UserError { throw error } catch { throw UserError("\(error)") }
  guard let text = String(data: data, encoding: .utf8) else { throw UserError(file: path, "the file is no UTF-8 text") }
  do throws(ClaimFileError) { return try ClaimFile(text) } catch {
    throw UserError(UserError(file: path, "\(error)").description, excerpt: error.excerpt)
  }
}
