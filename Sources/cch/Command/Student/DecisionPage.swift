import ArgumentParser
import Distillation
import ExactAlgebra
import ExactJSON
import Foundation
import PropertyTesting
import Students

extension StudentCommand {
  /// `cch student --decision`.
  func decide(_ problems: [(source: String, instance: Instance)], seed: UInt64) async throws {
    let rows = try ns.map { try parseList($0, option: "--ns") }
    let distances = try distances.map { try parseList($0, option: "--distances") }
    let replicates = repeats ?? 100_000
    var report = DecisionReport(seed: seed, samples: replicates, level: falseAlarm)
    var stopped = false
    let interruption = Interruption()
    defer { interruption.end() }
    for (index, problem) in problems.enumerated() {
      do {
        let own = try DecisionStudy(problem.instance)
        let studies = try distances.map { try $0.map { try own.scaled(toDistance: $0) } } ?? [own]
        for (place, study) in studies.enumerated() {
          let sizes = try rows?.map { try wholeNumber($0) } ?? standardSizes(study)
          var outcomes: [[DecisionStudy.Outcome]] = []
          for (position, size) in sizes.enumerated() where !stopped {
            let run = CaseRun(Budget(cases: replicates), blockSize: 512)
            interruption.follow(run)
            // Another stream for every cell of the table.
            var streams = RandomSource(seed: seed, index: UInt64(index << 32 | place << 16 | position) | 1 << 60)
            outcomes.append(
              try await study.outcomes(
                rows: size, run, threads: simulation.chosenThreads, seed: streams.next()))
            stopped = run.wasStopped
          }
          report.add(study, source: problem.source, outcomes)
        }
      } catch let error as UserError {
        throw error
      } catch { throw userError(error, file: problem.source) }
    }
    try StandardOutput.write(output.json ? output.text(report.json) : csv ? report.csv : report.text)
    if stopped { throw ExitCode.interrupted }
    if !report.isOK { throw ExitCode.falseFound }
  }

  private func wholeNumber(_ value: Rational) throws -> Int {
    guard let number = value.asInt else { throw UserError("--ns \(value): a number of rows is a whole number") }
    return number
  }

  private func standardSizes(_ study: DecisionStudy) -> [Int] {
    let own = study.instance.n.map { [$0] } ?? []
    return Set(own + [20, 50, 100, 200, 500, 1_000, 10_000]).filter { $0 >= study.fewestRows }.sorted()
  }
}

/// What a practitioner's decisions came to, as text, JSON and CSV.
struct DecisionReport {
  private struct Entry {
    let study: DecisionStudy
    let source: String
    let outcomes: [[DecisionStudy.Outcome]]
  }

  let seed: UInt64
  let samples: Int
  let level: Double
  private var entries: [Entry] = []

  init(seed: UInt64, samples: Int, level: Double) { (self.seed, self.samples, self.level) = (seed, samples, level) }

  mutating func add(_ study: DecisionStudy, source: String, _ outcomes: [[DecisionStudy.Outcome]]) {
    entries.append(Entry(study: study, source: source, outcomes: outcomes))
  }

  private var all: [DecisionStudy.Outcome] { entries.flatMap { $0.outcomes.joined() } }

  /// Whether the simulation agrees with the exact probability wherever one is known, at an equal share of the level.
  var isOK: Bool {
    let probabilities = all.compactMap(\.probability)
    return probabilities.allSatisfy { $0 >= level / Double(max(1, probabilities.count)) }
  }

  var text: String {
    var text = """
      How often is a decision on n rows wrong? \(grouped(samples)) samples for every n · seed \(seed)
      In brackets the delta method. ΔI: distil where the estimated ΔI > 0 (the CCH); calibrated: where ΔI > ln a; sign: \
      where ĉ < σ̂ε²; t-test: where β ≥ 1 is rejected at 5 %.

      """
    for entry in entries { text += "\n" + section(entry) }
    let differences = all.map { abs($0.share - $0.byDeltaMethod) }
    text += String(
      format: "\nLargest difference between simulation and delta method: %.1f percentage points.\n",
      100 * (differences.max() ?? 0))
    return text + (isOK ? "" : "OUT OF TOLERANCE: the sign of ĉ − σ̂ε² is not wrong as often as it should exactly be.\n")
  }

  private func section(_ entry: Entry) -> String {
    let study = entry.study
    var text =
      "\(entry.source): p2 = \(study.instance.p2), 1 − β = \(rounded(study.distance)), so distillation "
      + (study.helps ? "helps for small λ\n" : "never helps\n")
    let names = ["ΔI", "calibrated", "sign", "t-test"]
    var table = TextTable([("n", .right)] + names.map { ($0, .right) } + [("sign, exactly", .right)])
    for outcomes in entry.outcomes {
      let exact = outcomes.compactMap(\.exact).first.map(percent) ?? "–"
      table.append(
        [grouped(outcomes.first?.rows ?? 0)]
          + outcomes.map { "\(percent($0.share)) (\(percent($0.byDeltaMethod)))" } + [exact])
    }
    let needed = DecisionRule.allCases.map { study.rowsNeeded($0).map(grouped) ?? "never" }
    table.append(["below 5 % from n ="] + needed + [""])
    text += table.text
    for (rule, name) in zip(DecisionRule.allCases, names) where study.rowsNeeded(rule) == nil {
      let sign = study.populationSign(rule)
      let says = sign > 0 ? "says distil" : sign < 0 ? "says do not" : "is at its own boundary"
      text += "\(name) \(says) even with all data: wrong here.\n"
    }
    return text
  }

  private func percent(_ share: Double) -> String { percentText(share, small: 1, large: 0) + " %" }

  var json: JSONValue {
    [
      "schema": "cch.student.decision/1", "seed": .number(String(seed)), "ok": .bool(isOK),
      "studies": .array(
        entries.map { entry in
          [
            "source": .string(entry.source), "instance": entry.study.instance.document,
            "helps_for_small_lambda": .bool(entry.study.helps), "distance": JSONValue(entry.study.distance),
            "rows_needed": .object(
              DecisionRule.allCases.map { rule in
                .init(key: rule.rawValue, value: entry.study.rowsNeeded(rule).map { JSONValue($0) } ?? nil)
              }),
            "decisions": .array(entry.outcomes.joined().map { json($0) }),
          ]
        }),
    ]
  }

  private func json(_ outcome: DecisionStudy.Outcome) -> JSONValue {
    [
      "rule": .string(outcome.rule.rawValue), "n": JSONValue(outcome.rows), "samples": JSONValue(outcome.samples),
      "wrong": JSONValue(outcome.wrong), "share": JSONValue(approximate: outcome.share),
      "standard_error": JSONValue(approximate: outcome.standardError),
      "delta_method": JSONValue(approximate: outcome.byDeltaMethod),
      "exact": outcome.exact.map { JSONValue(approximate: $0) } ?? nil,
    ]
  }

  var csv: String {
    var lines = ["source,distance,helps,n,rule,wrong_share,standard_error,delta_method,exact"]
    for entry in entries {
      for outcome in entry.outcomes.joined() {
        lines.append(
          [
            quotedField(entry.source), field(entry.study.distance), String(entry.study.helps),
            String(outcome.rows), outcome.rule.rawValue, field(outcome.share), field(outcome.standardError),
            field(outcome.byDeltaMethod), field(outcome.exact),
          ].joined(separator: ","))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
