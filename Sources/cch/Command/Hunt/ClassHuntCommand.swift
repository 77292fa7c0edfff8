// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSupport
import Hunting
import PlainText
import VerdictCommands
import ArgumentParser
import Claims
import Distillation
import ExactJSON
import Foundation

extension HuntCommand {
  /// The hunt of the line for a claim about classes.
  ///
  /// - Throws: ``UserError`` that names an option that is for instances.
  func chosenHunt(classes target: any ClassClaim) throws -> ClassHunt {
    for (option, isGiven) in [
      ("--n", rows != nil), ("--lambda", lambda != nil), ("--exhaustive", exhaustive), ("--save", save),
    ] where isGiven {
      throw UserError("\(option): \(target.id) is about classes, whose models have none of it; leave it out")
    }
    return ClassHunt(target, seed: runOptions.seed.choose())
  }

  /// Hunts for a claim about classes.
  func huntClasses(_ target: any ClassClaim) async throws {
    let hunt = try chosenHunt(classes: target)
    let file = try out.map { try outputFile($0) }
    try await RunSession.with(output) { session in
      let run = ClassHunt.run(runOptions.budget(standard: .seconds(60)))
      let start = ContinuousClock.now
      let result = await session.showing(run) { await hunt(run, threads: runOptions.threads.chosen) }
      let finding = ClassHuntFinding(
        hunt, result, elapsed: ContinuousClock.now - start, wasInterrupted: run.wasStopped)
      if let file, let model = result.model {
        try file.save(ClassProblemFile.certificate(of: target, model).pretty + "\n")
      }
      try pageOption.save(finding.json)
      let saved = result.model != nil ? file.map { "Saved: \($0.path)\n" } ?? "" : ""
      try output.write(finding.json, or: finding.text + saved)
      if output.json { runOptions.seed.note(hunt.seed, output) }
      if result.model != nil { throw ExitCode.falseFound }
      if finding.wasInterrupted { throw ExitCode.interrupted }
    }
  }
}

/// What a hunt for a claim about classes found, for people and programs.
struct ClassHuntFinding {
  let text: String
  let json: JSONValue
  let wasInterrupted: Bool

  init(_ hunt: ClassHunt, _ result: ClassHunt.Result, elapsed: Duration, wasInterrupted: Bool) {
    let seconds = elapsed / .seconds(1)
    self.wasInterrupted = wasInterrupted && result.model == nil
    text = ClassHuntText(hunt.claim, result, seed: hunt.seed, seconds: seconds, self.wasInterrupted).text
    json = [
      "schema": "cch.hunt/1", "claim": .string(hunt.claim.id), "seed": .number(String(hunt.seed)),
      "found": .bool(result.model != nil), "cases": JSONValue(result.cases),
      "applicable": JSONValue(result.applicable),
      "seconds": .number(String(format: "%.3f", seconds)), "shrinks": JSONValue(result.shrinks),
      "best_margin": result.bestMargin.map { JSONValue($0) } ?? nil, "instance": result.model?.document ?? nil,
      "replay": result.replay.map { .string("\($0)") } ?? nil,
      "first_case": result.firstCase.map { JSONValue($0) } ?? nil,
      "search_seconds": .number(String(format: "%.3f", result.searchTime / .seconds(1))), "screened": 0,
      "path": .array(result.path.map(\.document)), "regions": nil,
    ]
  }
}

/// The text of it.
private struct ClassHuntText {
  let text: String

  init(
    _ claim: any ClassClaim, _ result: ClassHunt.Result, seed: UInt64, seconds: Double, _ wasInterrupted: Bool
  ) {
    let time = timeTaken(seconds, digits: 2)
    guard let model = result.model else {
      let margin = result.bestMargin.map { "smallest margin reached: \(marginText($0))" } ?? "no margin was reached"
      text =
        "\(claim.id): nothing found in \(grouped(result.cases)) cases\(time)\(wasInterrupted ? ", interrupted" : "")\n"
        + "the hypothesis held in \(grouped(result.applicable)) cases; \(margin); seed \(seed)\n"
      return
    }
    let end = result.isLocalMinimum ? "no single step makes it simpler" : "not fully simplified"
    let quantities = claim.quantities(model)
    let numbers = (quantities.hypothesis + quantities.conclusion).map { "  \($0.name) = \($0.value)\n" }.joined()
    let replay = result.replay.map { "Replay: cch replay \($0)\n" } ?? ""
    text =
      "\(claim.id): found in case \(grouped(result.firstCase ?? 0)), made simpler in \(grouped(result.shrinks)) steps\(time); \(end)\n"
      + ClassText(model).text + numbers + replay
  }
}
