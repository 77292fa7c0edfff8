// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import ArgumentParser
import IndependentCheck
import Claims
import ExactJSON

/// `cch check`: certificates, by the independent path.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check certificates exactly, independently of the search that found them.",
    discussion: """
      Every number is recomputed with plain fractions and textbook formulas; a statement in text that is made of \
      arithmetic, comparisons and connectives is read and evaluated again. Exit status 1 where a certificate does not \
      hold, 2 where a file is no certificate.
      """)

  @Argument(help: "Certificate files (schema cch.certificate/1 or cch.classes.certificate/1).")
  var files: [String]

  @OptionGroup var output: OutputOptions

  func run() throws {
    // All files are read before any is judged: bad input computes nothing.
    let problems = try files.map { file in (file, try readCertificate(file)) }
    let results = try problems.map { file, problem throws(UserError) in
      do {
        switch problem {
        case .covariance(let problem):
          let check = try CertificateCheck(problem.document)
          return Result(file: file, claim: check.claim, holds: check.holds, message: check.message)
        case .classes(let problem):
          let check = try ClassCertificateCheck(problem.document)
          return Result(file: file, claim: check.claim, holds: check.holds, message: check.message)
        }
      } catch { throw UserError(file: file, error) }
    }
    try output.write(json(results), or: text(results))
    if results.contains(where: { !$0.holds }) { throw ExitCode.falseFound }
  }

  private struct Result {
    let file: String, claim: String, holds: Bool, message: String
  }

  private func readCertificate(_ file: String) throws -> AnyProblem {
    let problem = try readAnyProblem(file)
    switch problem {
    case .covariance(let read) where read.claim == nil:
      throw UserError(
        "\(file): schema: an instance, where a certificate (\"\(Certificate.schema)\", with \"claim\") is needed; "
          + "'cch explain' takes instances")
    case .classes(let read) where read.claim == nil:
      throw UserError(
        "\(file): schema: a model of classes, where a certificate (\"\(ClassProblemFile.certificate)\", with \"claim\") is "
          + "needed; 'cch explain' takes models")
    default: return problem
    }
  }

  private func text(_ results: [Result]) -> String {
    let palette = Palette(isOn: StandardOutput.isColoured)
    return results.map { check in
      let verdict = check.holds ? palette.good("holds") : palette.bad("DOES NOT HOLD")
      return "\(check.file): \(check.claim) \(verdict): \(check.message)\n"
    }.joined()
  }

  private func json(_ results: [Result]) -> JSONValue {
    [
      "schema": "cch.check/1", "ok": .bool(results.allSatisfy(\.holds)),
      "files": .array(
        results.map { check in
          [
            "file": .string(check.file), "claim": .string(check.claim), "ok": .bool(check.holds),
            "message": .string(check.message),
          ]
        }),
    ]
  }
}
