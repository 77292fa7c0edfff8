// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import CommandSupport
import Conjectures
import Foundation
import PlainText

/// Finds claims by name, by a name in a file of statements, or stated in text.
struct StatementReader: ClaimReading {
  func claim(_ text: String, file: String?) throws(UserError) -> any Claim {
    if let file {
      let names = try readClaims(file)
      if let conjecture = names.conjecture(text) { return conjecture.claim }
      let known = names.conjectures.compactMap(\.name)
      let near = nearestName(to: text, among: known).map { "did you mean \(quoted($0))?" }
      throw UserError(file: file, "no statement \(quoted(text)); \(near ?? "it has \(listed(known))")")
    }
    do throws(ClaimLookupError) { return try Conjectures.claim(namedOrStated: text) } catch {
      throw UserError("\(error)", excerpt: error.excerpt)
    }
  }

  func claims(inFile path: String) throws(UserError) -> [any Claim] { try readClaims(path).conjectures.map(\.claim) }

  func claim(ofCertificate text: String) throws -> any Claim { try Conjectures.claim(namedOrStated: text) }

  func verdict(of claim: any Claim, _ facts: Facts) -> String {
    guard let conjecture = claim.stated else { return "" }
    let verdict = conjecture.verdict(facts)
    let words = verdict.holds.map { $0 ? "holds" : "does not hold: a counterexample" } ?? "is undefined"
    var text = "\(conjecture.symbols)\n  \(words)"
    if verdict.premise == false { text += ", as its premise fails" }
    if let reason = verdict.reason { text += " (\(reason))" }
    for quantity in (try? claim.quantities(facts)).map({ $0.hypothesis + $0.conclusion }) ?? [] {
      text += "\n  \(quantity.name) = \(shortened(quantity.value.description, atMost: 80))"
    }
    return text + "\n"
  }
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
