// SPDX-License-Identifier: GPL-3.0-or-later
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

  @Argument(help: "Certificate files (schema cch.certificate/1).")
  var files: [String]

  @OptionGroup var output: OutputOptions

  func run() throws {
    // All files are read before any is judged: bad input computes nothing.
    let problems = try files.map { ($0, try readCertificate($0)) }
    let results = try problems.map { file, problem -> (file: String, check: CertificateCheck) in
      do { return (file, try CertificateCheck(problem.document)) } catch { throw UserError(file: file, error) }
    }
    try StandardOutput.write(output.json ? output.text(json(results)) : text(results))
    if results.contains(where: { !$0.check.holds }) { throw ExitCode.falseFound }
  }

  private func readCertificate(_ file: String) throws -> ProblemFile {
    let problem = try readProblem(file)
    guard problem.claim != nil else {
      throw UserError(
        "\(file): schema: an instance, where a certificate (\"\(Certificate.schema)\", with \"claim\") is needed; "
          + "'cch explain' takes instances")
    }
    return problem
  }

  private func text(_ results: [(file: String, check: CertificateCheck)]) -> String {
    let palette = Palette(isOn: StandardOutput.isColoured)
    return results.map { file, check in
      let verdict = check.holds ? palette.good("holds") : palette.bad("DOES NOT HOLD")
      return "\(file): \(check.claim) \(verdict): \(check.message)\n"
    }.joined()
  }

  private func json(_ results: [(file: String, check: CertificateCheck)]) -> JSONValue {
    [
      "schema": "cch.check/1", "ok": .bool(results.allSatisfy(\.check.holds)),
      "files": .array(
        results.map { file, check in
          [
            "file": .string(file), "claim": .string(check.claim), "ok": .bool(check.holds),
            "message": .string(check.message),
          ]
        }),
    ]
  }
}
