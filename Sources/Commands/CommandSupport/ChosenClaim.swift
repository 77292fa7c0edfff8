// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import PlainText

/// What finds claims by the text that names or states them.
package protocol ClaimReading: Sendable {
  /// The claim that was meant: by its name, or by a name in a file of statements, or stated in text.
  ///
  /// - Throws: ``UserError`` that shows the place in the text.
  func claim(_ text: String, file: String?) throws(UserError) -> any Claim

  /// The claims that a file of statements states.
  ///
  /// - Throws: ``UserError`` that names the file and the line.
  func claims(inFile path: String) throws(UserError) -> [any Claim]

  /// The claim that a certificate is about.
  func claim(ofCertificate text: String) throws -> any Claim

  /// What a claim that was stated says of an instance, with the numbers that it compares; nothing for one that has a name.
  func verdict(of claim: any Claim, _ facts: Facts) -> String
}

/// How the program that runs finds claims.
package enum ClaimTexts {
  @TaskLocal package static var reader: any ClaimReading = ListedClaims()
}

/// Finds claims by their names alone: statements in text are of another room, which a program may do without.
private struct ListedClaims: ClaimReading {
  private static let advice =
    "this program has no statements in text; 'make build' makes the one that has, .build/release/cch"

  func claim(_ text: String, file: String?) throws(UserError) -> any Claim {
    if let file { throw UserError(file: file, ListedClaims.advice) }
    do throws(UnknownClaim) { return try Claims.claim(text) } catch {
      throw UserError("\(error); \(ListedClaims.advice)")
    }
  }

  func claims(inFile path: String) throws(UserError) -> [any Claim] {
    throw UserError(file: path, ListedClaims.advice)
  }

  func claim(ofCertificate text: String) throws -> any Claim { try claim(text, file: nil) }

  func verdict(of claim: any Claim, _ facts: Facts) -> String { "" }
}

/// The claim that was meant: by its name, by a name in a file of statements, or stated in text.
///
/// - Throws: ``UserError`` that shows the place in the text.
package func chosenClaim(_ text: String, file: String?) throws(UserError) -> any Claim {
  do throws(UserError) { return try ClaimTexts.reader.claim(text, file: file) } catch {
    guard file == nil, classClaim(text) != nil else { throw error }
    throw UserError("\(quoted(text)) is a claim about classes; here stands one about the Gaussian model")
  }
}

/// The claim that was meant, also one about classes.
///
/// - Throws: ``UserError`` as ``chosenClaim(_:file:)``.
package func listedClaim(_ text: String, file: String?) throws(UserError) -> any ListedClaim {
  if file == nil, let claim = classClaim(text) { return claim }
  return try chosenClaim(text, file: file)
}
