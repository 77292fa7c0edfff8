// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import ArgumentParser
import Claims
import SeededRuns

/// `cch verify`: the main job.
package struct VerifyCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Test every claim over random valid Σ, and check every certificate again.",
    discussion: """
      By default for 30 s on all processors. Exit status 1 where a true claim is violated, a certificate does not hold, \
      or a check is vacuous: its hypothesis holds in less than 1 of 1,000 cases. A claim is tested when its hypothesis held \
      in 1,000 cases, for which all claims together need about 9,000. Where --cases or --time is too short for that, and \
      nothing false was found, the report says how many cases each claim needs, and the exit status is 2.
      """)

  @Argument(help: "The claims to verify; all by default.", completion: .list(listedClaims.map(\.id)))
  var claims: [String] = []

  @Option(name: .customLong("claims"), help: "A file of named statements to verify instead; with names, those of them.")
  var claimFile: String?

  @OptionGroup package var runOptions: RunOptions
  @OptionGroup package var pageOption: PageOption
  @OptionGroup var table: TableOption
  @OptionGroup var output: OutputOptions

  package init() {}

  package mutating func run() async throws {
    let verification = try chosenVerification()
    if verification.listed.contains(where: { $0.certificatePath != nil }) { try Fixtures.requireFolder() }
    let certificates = verification.certificateReviews { try readFile(try Fixtures.path($0)) }
    let run = CaseRun(runOptions.budget(standard: .seconds(30)))
    let threads = runOptions.threads.chosen
    if !output.json, !table.csv {
      try StandardOutput.write(forPeople: VerifyPage.header(verification, threads: threads))
    }
    try await RunSession.with(output) { session in
      let start = ContinuousClock.now
      let report = try await session.showing(run) {
        try await verification.report(run, threads: threads, certificates: certificates)
      }
      let page = VerifyPage(report: report, elapsed: ContinuousClock.now - start)
      try pageOption.save(page.json)
      try output.write(page.json, csv: table.csv ? TableOption.rows(page.json, "claims") : nil, or: page.text)
      if output.json || table.csv { runOptions.seed.note(verification.seed, output) }
      switch report.verdict {
      case .interrupted: throw ExitCode.interrupted
      case .somethingFalse: throw ExitCode.falseFound
      case .tooFewCases: throw UserError(page.wish ?? "too few cases")
      case .asExpected: break
      }
    }
  }

  /// The verification of the line.
  ///
  /// - Throws: ``UserError`` that names a claim or the file.
  package func chosenVerification() throws -> Verification {
    Verification(of: try chosenClaims(), seed: runOptions.seed.choose())
  }

  private func chosenClaims() throws -> [any ListedClaim] {
    if claims.isEmpty {
      guard let claimFile else { return listedClaims }
      return try ClaimTexts.reader.claims(inFile: claimFile)
    }
    var seen = Set<String>()
    return try claims.filter { seen.insert($0).inserted }.map { id in try listedClaim(id, file: claimFile) }
  }
}
