import ArgumentParser
import IndependentCheck
import Claims
import Conjectures
import Dispatch
import ExactJSON
import Foundation
import SeededRuns

/// `cch verify`: the main job.
struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Test every claim over random valid Σ, and check every certificate again.",
    discussion: """
      By default for 30 s on all processors. Exit status 1 where a true claim is violated, a certificate does not hold, \
      or a check is vacuous: its hypothesis holds in less than 1 of 1,000 cases. A claim is tested when its hypothesis held \
      in 1,000 cases, for which all claims together need about 9,000. Where --cases or --time is too short for that, and \
      nothing false was found, the report says how many cases each claim needs, and the exit status is 2.
      """)

  @Argument(help: "The claims to verify; all by default.", completion: .list(allClaims.map(\.id)))
  var claims: [String] = []

  @Option(name: .customLong("claims"), help: "A file of named statements to verify instead; with names, those of them.")
  var claimFile: String?

  @OptionGroup var runOptions: RunOptions
  @OptionGroup var pageOption: PageOption
  @OptionGroup var output: OutputOptions

  mutating func run() async throws {
    let chosen = try chosenClaims()
    let certificates = try chosen.map { try CertificateReview($0) }
    let seed = runOptions.seed ?? UInt64.random(in: 0..<1_000_000)
    let verification = Verification(of: chosen, seed: seed)
    let run = CaseRun(runOptions.budget(standard: .seconds(30)))
    let threads = runOptions.chosenThreads
    let report = VerifyReport(claims: chosen, certificates: certificates, seed: seed, threads: threads)
    if !output.json { try StandardOutput.write(report.header) }
    let display = ProgressDisplay(run, isOn: StandardError.isTerminal && !output.quiet)
    let interruption = Interruption(of: run)
    let start = ContinuousClock.now
    let tallies = try await verification.tallies(run, threads: threads)
    let elapsed = ContinuousClock.now - start
    display.end()
    defer { interruption.end() }
    let result = report.result(tallies, elapsed: elapsed, wasInterrupted: run.wasStopped)
    try pageOption.save(result.json)
    try StandardOutput.write(output.json ? output.text(result.json) : result.text)
    if output.json, runOptions.seed == nil, !output.quiet { StandardError.write("seed \(seed)\n") }
    if run.wasStopped { throw ExitCode.interrupted }
    if result.isFalse { throw ExitCode.falseFound }
    if let wish = result.wish { throw UserError(wish) }
  }

  private func chosenClaims() throws -> [any Claim] {
    if claims.isEmpty {
      guard let claimFile else { return allClaims }
      return try readClaims(claimFile).conjectures.map(\.claim)
    }
    var seen = Set<String>()
    return try claims.filter { seen.insert($0).inserted }.map { id in try chosenClaim(id, file: claimFile) }
  }
}

/// What the check of a claim's certificate found; nothing for a true claim.
struct CertificateReview {
  /// The file, as the claims name it; nil for a true claim.
  let path: String?
  /// Why it does not hold; nil where it does.
  let failure: String?

  init(_ claim: any Claim) throws {
    guard let certificate = claim.certificatePath else {
      (path, failure) = (nil, nil)
      return
    }
    path = "fixtures/\(certificate)"
    try Fixtures.requireFolder()
    failure = CertificateReview.failure(of: certificate, claim: claim.id)
  }

  private static func failure(of certificate: String, claim: String) -> String? {
    do {
      let problem = try readProblem(try Fixtures.path(certificate))
      guard problem.claim?.id == claim else { return "it is not about \(claim)" }
      let check = try CertificateCheck(problem.document)
      return check.holds ? nil : check.message
    } catch { return "\(error)" }
  }
}

/// A progress bar on standard error, redrawn ten times a second until ``end()``.
final class ProgressDisplay {
  private let timer: (any DispatchSourceTimer)?

  init(_ run: CaseRun, isOn: Bool, unit: String = "cases") {
    timer = isOn ? DispatchSource.makeTimerSource(queue: .global()) : nil
    timer?.schedule(deadline: .now(), repeating: .milliseconds(100))
    timer?.setEventHandler {
      let done = Int(run.progress * 30)
      let bar = String(repeating: "█", count: done) + String(repeating: "░", count: 30 - done)
      StandardError.draw("\r\(bar) \(grouped(run.casesTaken)) \(unit) ")
    }
    timer?.activate()
  }

  func end() {
    guard let timer else { return }
    timer.cancel()
    StandardError.draw("\r\u{1B}[K")
  }
}
