// SPDX-License-Identifier: GPL-3.0-or-later
import IndependentCheck

/// What the check of a claim's certificate found; nothing for a claim that has none.
public struct CertificateReview: Sendable {
  /// The path of the certificate as claims name it, below the project's folder of fixtures; nil for a claim without one.
  public let path: String?
  /// Why it does not hold; nil where it does, or where there is none.
  public let failure: String?

  /// Reads the certificate of `claim` by `read`, which gets its path, and checks it by the independent path.
  ///
  /// What `read` throws is a failure like others: a claim that is called false needs a certificate that holds.
  public init(_ claim: any Claim, _ read: (_ path: String) throws -> ProblemFile) {
    path = claim.certificatePath
    failure = path.flatMap { CertificateReview.failure(of: $0, claim: claim.id, read) }
  }

  /// The same for a claim about classes; `read` gives the bytes of the file.
  public init<Bytes: Sequence<UInt8>>(_ claim: any ClassClaim, _ read: (_ path: String) throws -> Bytes) {
    path = claim.certificatePath
    failure = path.flatMap { path in
      do {
        let problem = try ClassProblemFile(try read(path))
        guard problem.claim?.id == claim.id else { return "it is not about \(claim.id)" }
        let check = try ClassCertificateCheck(problem.document)
        return check.holds ? nil : check.message
      } catch { return "\(error)" }
    }
  }

  private static func failure(of path: String, claim: String, _ read: (String) throws -> ProblemFile) -> String? {
    do {
      let problem = try read(path)
      guard problem.claim?.id == claim else { return "it is not about \(claim)" }
      let check = try CertificateCheck(problem.document)
      return check.holds ? nil : check.message
    } catch { return "\(error)" }
  }
}
