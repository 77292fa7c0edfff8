// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import Hunting
import VerdictCommands
import ArgumentParser
import Claims
import Conjectures
import Distillation
import ExactAlgebra
import ExactJSON
import FileWriting
import PropertyTesting

/// `cch hunt`: the search for a counterexample.
struct HuntCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hunt", abstract: "Search for a counterexample of one claim, and make it as simple as can be.",
    discussion: """
      The claim is one of 'cch claims', one of a file, or a statement in text, such as 'I(t;s) > I(s;y) => helps': \
      'cch claims --words' prints the words.

      Random and targeted search in exact arithmetic, by default for 60 s on all processors. Exit status 1 where a \
      counterexample was found.
      """)

  @Argument(help: "The claim: its name, or a statement in text.", completion: .list(listedClaims.map(\.id)))
  var claim: String

  @Option(name: .customLong("claims"), help: "A file of named statements, one of which is meant.")
  var claimFile: String?

  @Option(name: .customLong("n"), help: "The number of training rows of every instance, where the claim needs it.")
  var rows: Int?

  @Option(help: "The distillation weight λ of every instance, where the claim needs it.")
  var lambda: String?

  @Option(help: "Write the counterexample to this file, as a certificate.")
  var out: String?

  @Flag(
    help:
      "Keep the counterexample in fixtures/corpus, that of a statement in fixtures/claims/found; the tests replay both."
  )
  var save = false

  @Flag(help: "Try every integer Σ with p1 = p2 = q = 1 and w1 = 1 instead, smallest entries first.")
  var exhaustive = false

  @Option(
    help:
      "With --exhaustive: p1 and p2, such as 1x2. With p1 > 1 the teacher is the least-squares one, and of two candidates the first is x1[0]."
  )
  var sizes = "1x1"

  @Option(help: "With --exhaustive: the largest |entry|.")
  var height = 4

  @OptionGroup var runOptions: RunOptions
  @OptionGroup var pageOption: PageOption
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if !(1...1000).contains(height) {
      throw ValidationError("--height \(height): the largest |entry| must be 1 to 1000")
    }
    _ = try parsedSizes()
  }

  mutating func run() async throws {
    if claimFile == nil, let target = classClaim(claim) { return try await huntClasses(target) }
    let hunt = try chosenHunt()
    let isStated = hunt.claim.stated != nil
    let corpus = try save ? Fixtures.path(isStated ? "claims/found" : "corpus") : nil
    let files = try out.map { [try outputFile($0)] } ?? []
    if let corpus { _ = try outputFile("\(corpus)/new", "--save") }
    if exhaustive {
      try await RunSession.with(output, unit: "numbers") {
        try report(try await exhaustiveSearch(hunt, $0), files, corpus)
      }
    } else {
      // Until all is saved: a signal ends the search, not the command.
      try await RunSession.with(output) { try report(try await search(hunt, $0), files, corpus) }
    }
  }

  /// Saves and prints what was found.
  private func report(_ finding: HuntFinding, _ targets: [OutputFile<POSIXFileSystem>], _ corpus: String?) throws {
    var files = targets
    if let text = finding.certificateText {
      if let corpus { files.append(try outputFile("\(corpus)/\(finding.corpusName)", "--save")) }
      for file in files { try file.save(text) }
    }
    try pageOption.save(finding.json)
    try output.write(finding.json, or: finding.text(savedTo: files.map(\.path)))
    if output.json { runOptions.seed.note(finding.seed, output) }
    if finding.certificate != nil { throw ExitCode.falseFound }
    if finding.wasInterrupted { throw ExitCode.interrupted }
  }

  private func search(_ hunt: Hunt, _ session: RunSession) async throws -> HuntFinding {
    let run = Hunt.run(runOptions.budget(standard: .seconds(60)))
    let start = ContinuousClock.now
    let result = await session.showing(run) { await hunt(run, threads: runOptions.threads.chosen) }
    return HuntFinding(
      hunt: hunt, result: result, elapsed: ContinuousClock.now - start, wasInterrupted: run.wasStopped)
  }

  /// The hunt of the line.
  ///
  /// - Throws: ``UserError`` that names the option.
  func chosenHunt() throws -> Hunt {
    if exhaustive, runOptions.time != nil {
      throw UserError("--time: --exhaustive has no budget of time; give --cases or --height")
    }
    // By its text, which a replay line and a certificate carry, and not by its name in a file.
    var target = try chosenClaim(claim, file: claimFile)
    if let named = target.stated, named.name != nil { target = named.unnamed.claim }
    if let rows, rows < 3 {
      throw UserError(
        "--n \(rows): n must be at least p2+2, that is 3: with fewer rows the expected risk is not finite")
    }
    let weight = try lambda.map { try parseWeight($0) }
    if let weight, weight.signum <= 0 { throw UserError("--lambda \(weight): λ must be positive here") }
    return Hunt(target, seed: runOptions.seed.choose(), n: rows, lambda: weight)
  }

  /// The exhaustive search of the line.
  ///
  /// - Throws: ``UserError`` where the claim is not about matrices of these sizes, or there are too many of them.
  func search(_ hunt: Hunt) throws -> ExhaustiveSearch {
    let (p1, p2) = try parsedSizes()
    let most = (1...1_000).last { h in (0..<(p1 + p2 + 1)).reduce(1) { n, _ in n * h } <= 1_000_000 } ?? 1
    if height > most { throw UserError("--height \(height): with --sizes \(sizes) at most \(most)") }
    guard let search = ExhaustiveSearch(hunt, p1: p1, p2: p2, height: height) else {
      throw UserError(
        "--exhaustive with --sizes \(sizes), and \(hunt.claim.id) needs more labels or modalities; leave it out")
    }
    return search
  }

  private func parsedSizes() throws -> (p1: Int, p2: Int) {
    let parts = sizes.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) ?? 0 }
    guard parts.count == 2, parts.allSatisfy({ (1...3).contains($0) }), parts[0] + parts[1] <= 4 else {
      throw ValidationError("--sizes \(sizes): p1 and p2 of at most 3, 4 together, such as 1x2")
    }
    return (parts[0], parts[1])
  }

  private func exhaustiveSearch(_ hunt: Hunt, _ session: RunSession) async throws -> HuntFinding {
    let (search, start) = (try search(hunt), ContinuousClock.now)
    let found = try await session.showingEach { follow in
      try await search(
        mostCases: runOptions.cases ?? ExhaustiveSearch.mostCases, threads: runOptions.threads.chosen, willRun: follow)
    }
    guard let (part, below) = found else { throw ExitCode.interrupted }
    return HuntFinding(search, part, below: below, elapsed: ContinuousClock.now - start)
  }
}

/// `cch replay`: one case again.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Run one case again from its replay line.",
    discussion: "Exit status 1 where it still violates its claim.")

  @Argument(help: "The line that 'cch hunt' printed: u1:claim:choices:checksum.")
  var line: String

  @OptionGroup var output: OutputOptions

  func run() throws {
    if let parsed = try? ReplayLine(parsing: line), let claim = classClaim(parsed.name) {
      return try replayClasses(parsed, of: claim)
    }
    let (claim, instance, isViolation) = try replayed()
    let verdict = claim.evaluate(Facts(instance))
    if output.json {
      let document: JSONValue = [
        "schema": "cch.replay/1", "claim": .string(claim.id), "fails": .bool(isViolation),
        "hypothesis": .bool(verdict.hypothesis), "conclusion": verdict.conclusion.map(JSONValue.bool) ?? nil,
        "margin": verdict.margin.map { JSONValue($0) } ?? nil, "instance": instance.document,
      ]
      try StandardOutput.write(output.text(document))
    } else {
      let words =
        isViolation ? "still violates" : verdict.hypothesis ? "does not violate" : "is outside of the hypothesis of"
      try StandardOutput.write(forPeople: InstanceText(instance, claim).text + "The case \(words) \(claim.id).\n")
    }
    if isViolation { throw ExitCode.falseFound }
  }

  private func replayClasses(_ parsed: ReplayLine, of claim: any ClassClaim) throws {
    let (model, isViolation): (FiniteModel, Bool)
    do { (model, isViolation) = try ClassHunt(claim).replay(parsed) } catch { throw UserError("replay line: \(error)") }
    let verdict = claim.evaluate(model)
    let words =
      isViolation ? "still violates" : verdict.hypothesis ? "does not violate" : "is outside of the hypothesis of"
    let document: JSONValue = [
      "schema": "cch.replay/1", "claim": .string(claim.id), "fails": .bool(isViolation),
      "hypothesis": .bool(verdict.hypothesis), "conclusion": verdict.conclusion.map(JSONValue.bool) ?? nil,
      "margin": verdict.margin.map { JSONValue($0) } ?? nil, "instance": model.document,
    ]
    try StandardOutput.write(
      output.json ? output.text(document) : ClassText(model).text + "The case \(words) \(claim.id).\n")
    if isViolation { throw ExitCode.falseFound }
  }

  private func replayed() throws -> (any Claim, Instance, Bool) {
    let parsed: ReplayLine
    do { parsed = try ReplayLine(parsing: line) } catch { throw UserError("replay line: \(error)") }
    let claim: any Claim
    do throws(ClaimLookupError) { claim = try Conjectures.claim(namedOrStated: parsed.name) } catch {
      // The name of a claim that is not here may be that of one elsewhere.
      if case .unknown = error { throw UserError("replay line: \(ReplayedCaseError.unknownClaim(parsed.name))") }
      throw UserError("replay line: \(error)", excerpt: error.excerpt)
    }
    do { return try Hunt.replay(parsed, among: [claim]) } catch { throw UserError("replay line: \(error)") }
  }
}
