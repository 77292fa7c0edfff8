// SPDX-License-Identifier: GPL-3.0-or-later
import ArgumentParser
import Claims
import Distillation
import ExactJSON
import Foundation

extension HuntCommand {
  /// The hunt for a claim about classes.
  func huntClasses(_ target: any ClassClaim) async throws {
    for (option, isGiven) in [
      ("--n", rows != nil), ("--lambda", lambda != nil), ("--exhaustive", exhaustive), ("--save", save),
    ] where isGiven {
      throw UserError("\(option): \(target.id) is about classes, whose models have none of it; leave it out")
    }
    let file = try out.map { try outputFile($0) }
    let seed = runOptions.seed.choose()
    let hunt = ClassHunt(target, seed: seed)
    try await RunSession.with(output) { session in
      let run = ClassHunt.run(runOptions.budget(standard: .seconds(60)))
      let start = ContinuousClock.now
      let result = await session.showing(run) { await hunt(run, threads: runOptions.threads.chosen) }
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      if let file, let model = result.model {
        try file.save(ClassProblemFile.certificate(of: target, model).pretty + "\n")
      }
      let document: JSONValue = [
        "schema": "cch.hunt/1", "claim": .string(target.id), "seed": .number(String(seed)),
        "found": .bool(result.model != nil), "cases": JSONValue(result.cases),
        "applicable": JSONValue(result.applicable),
        "seconds": .number(String(format: "%.3f", seconds)), "shrinks": JSONValue(result.shrinks),
        "best_margin": result.bestMargin.map { JSONValue($0) } ?? nil, "instance": result.model?.document ?? nil,
        "replay": result.replay.map { .string("\($0)") } ?? nil,
        "first_case": result.firstCase.map { JSONValue($0) } ?? nil,
        "search_seconds": .number(String(format: "%.3f", result.searchTime / .seconds(1))), "screened": 0,
        "path": .array(result.path.map(\.document)), "regions": nil,
      ]
      try pageOption.save(document)
      let wasInterrupted = run.wasStopped && result.model == nil
      let text = ClassHuntText(target, result, seed: seed, seconds: seconds, wasInterrupted).text
      try output.write(document, or: text + (result.model != nil ? file.map { "Saved: \($0.path)\n" } ?? "" : ""))
      if output.json { runOptions.seed.note(seed, output) }
      if result.model != nil { throw ExitCode.falseFound }
      if wasInterrupted { throw ExitCode.interrupted }
    }
  }
}

/// What a hunt for a claim about classes found, for people.
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
