// SPDX-License-Identifier: GPL-3.0-or-later
import Quantiles
import Statistics

/// How often every rule told the sign of the gain, and what its choice of a teacher cost.
struct ForecastTables {
  /// A rule: what it expects of one run, greater being better and positive meaning a gain; nil where it has nothing to say.
  private struct Rule: Sendable {
    let name: String
    let expectation: @Sendable (Run, _ metric: String) -> Double?
  }

  private static let rules = [
    Rule(name: "CCH, ΔI > 0") { run, _ in run["delta"] },
    Rule(name: "I(H1;H2|Y) > 0") { run, _ in run["i_ts given label"] },
    Rule(name: "alignment r > 0") { run, _ in run["alignment"] },
    Rule(name: "teacher more accurate") { run, _ in
      run["forecast teacher accuracy"].flatMap { teacher in run["forecast student accuracy"].map { teacher - $0 } }
    },
    Rule(name: "slope at λ → 0") { run, _ in run["slope"] },
    Rule(name: "first order at a reference") { run, _ in run["first order"] },
    Rule(name: "steps from a reference") { run, metric in run["steps \(metric)"] },
    Rule(name: "training every student") { run, metric in run["trained \(metric)"] },
  ]

  /// The runs of teachers that see one view.
  private let runs: [Run]
  let allRuns: [Run]
  let weights: [String]
  private let metrics: [String]
  let level = 0.95

  /// Tables of these runs, all of the experiment.
  init(_ runs: [Run], weights: [String], metrics: [String] = ["log-loss", "accuracy"]) {
    (allRuns, self.runs, self.weights) = (runs, runs.filter { !$0.isOfJointTeacher }, weights)
    self.metrics = metrics
  }

  /// All tables, of conditions with two seeds or more.
  var all: [ReportTable] {
    get throws {
      let further = [
        try beyondShuffling(isClear: false), try beyondShuffling(isClear: true), try controls, try coverage,
        try jointTeachers("log-loss"),
      ]
      return try ofRules + further + (try pseudoLabels.map { [$0] } ?? [])
    }
  }

  /// The tables of rules for perceptrons, all at one λ, without the rules that say nothing of them.
  static func ofPerceptrons(_ runs: [Run], weight: Double) throws -> [ReportTable] {
    let runs = runs.map {
      Run(replicate: $0.replicate, factors: [Setting("λ", weight)] + $0.factors, outcomes: $0.outcomes)
    }
    let own = ForecastTables(runs, weights: ["\(weight)"], metrics: ["accuracy", "MSE"])
    let tables = try own.ofRules + [own.beyondShuffling(isClear: false), own.beyondShuffling(isClear: true)]
    let joint = try runs.contains(where: \.isOfJointTeacher) ? own.metrics.map { try own.jointTeachers($0) } : []
    return (tables + joint).map { table in
      ReportTable(
        title: table.title, columns: table.columns,
        rows: table.rows.filter { row in row.dropFirst().contains { $0 != "–" } })
    }
  }

  /// How often every rule told the sign, and what its choices cost.
  var ofRules: [ReportTable] {
    get throws {
      [
        try signs("The sign of the gain was told, of all conditions (binomial interval)", isClear: false),
        try signs("The same where the interval of the gain does not contain 0", isClear: true), regrets,
      ]
    }
  }

  var columns: [(weight: String, metric: String)] {
    weights.flatMap { weight in metrics.map { (weight, $0) } }
  }

  var heads: [String] { columns.map { "\($0.metric), λ = \($0.weight)" } }

  private func conditions(_ weight: String) -> [[Run]] {
    runs.filter { $0.factors.first?.value == weight }.byCondition.map(\.runs).filter { $0.count >= 2 }
  }

  /// The means over seeds of what `value` makes of the runs; nil where fewer than two have it.
  func over(_ runs: [Run], _ value: (Run) -> Double?) throws -> PairedDifference? {
    let known = runs.compactMap(value)
    return known.count >= 2 ? try PairedDifference(known) : nil
  }

  private func share(_ hits: [Bool]) -> String {
    guard !hits.isEmpty else { return "–" }
    let right = hits.count { $0 }
    let interval = ClopperPearsonInterval(successes: right, trials: hits.count, level: level)
    return numberText("\(right)/\(hits.count) [%.2f, %.2f]", interval.lower, interval.upper)
  }

  private func signs(_ title: String, isClear: Bool) throws -> ReportTable {
    let rows = try Self.rules.map { rule in
      try [rule.name]
        + columns.map { weight, metric in
          try share(
            conditions(weight).compactMap { runs in
              guard let gain = try over(runs, { $0["gain \(metric)"] }),
                let expected = try over(runs, { rule.expectation($0, metric) }),
                !isClear || gain.interval(level: level).excludesZero
              else { return nil }
              return (expected.mean > 0) == (gain.mean > 0)
            })
        }
    }
    return ReportTable(title: title, columns: ["rule"] + heads, rows: rows)
  }

  /// The gain beyond that of soft labels shuffled within class.
  private func beyondShuffling(isClear: Bool) throws -> ReportTable {
    let rules = [
      Rule(name: "CCH, ΔI > 0") { run, _ in run["delta"] },
      Rule(name: "I(H1;H2|Y) > 0") { run, _ in run["i_ts given label"] },
      Rule(name: "alignment r > 0") { run, _ in run["alignment"] },
      Rule(name: "steps minus shuffled") { run, metric in
        run["steps \(metric)"].flatMap { own in run["shuffled steps \(metric)"].map { own - $0 } }
      },
    ]
    let rows = try rules.map { rule in
      try [rule.name]
        + columns.map { weight, metric in
          try share(
            conditions(weight).compactMap { runs in
              let excess = try over(runs) { run in
                run["gain \(metric)"].flatMap { own in run["control gain \(metric)"].map { own - $0 } }
              }
              guard let excess, let expected = try over(runs, { rule.expectation($0, metric) }),
                !isClear || excess.interval(level: level).excludesZero
              else { return nil }
              return (expected.mean > 0) == (excess.mean > 0)
            })
        }
    }
    return ReportTable(
      title: "The sign of the gain beyond soft labels shuffled within class was told"
        + (isClear ? ", where its interval does not contain 0" : ""),
      columns: ["rule"] + heads, rows: rows)
  }

  /// What the true pairing gains, and what both controls do: soft labels shuffled within class, and their class means.
  private var controls: ReportTable {
    get throws {
      let columns = columns
      let rows = try [("pairs", ""), ("shuffled within class", "control "), ("class means", "class-mean ")].map {
        name, prefix in
        try [name]
          + columns.map { weight, metric in
            var (gains, best) = (RunningMoments(), 0)
            for runs in conditions(weight) {
              guard let own = try over(runs, { $0["\(prefix)gain \(metric)"] }),
                let paired = try over(runs, { $0["gain \(metric)"] })
              else { continue }
              gains.add(own.mean)
              if own.mean > paired.mean { best += 1 }
            }
            guard gains.count > 0 else { return "–" }
            return numberText("%+.4f", gains.mean) + (prefix.isEmpty ? "" : " | \(best)/\(gains.count)")
          }
      }
      return ReportTable(
        title: "Gains of the true pairing and of both controls, mean over conditions | how often a control gains more",
        columns: ["soft labels"] + heads, rows: rows)
    }
  }

  /// What was lost against the best teacher of a student, and what was gained where none may be taken.
  private var regrets: ReportTable {
    let rows = Self.rules.map { rule in
      [rule.name]
        + columns.map { weight, metric in
          var (lost, gained) = (RunningMoments(), RunningMoments())
          for choice in choices(weight) {
            let known = choice.compactMap { run in
              rule.expectation(run, metric).flatMap { expected in run["gain \(metric)"].map { (expected, $0) } }
            }
            guard known.count == choice.count, let chosen = known.max(by: { $0.0 < $1.0 }) else { continue }
            lost.add((known.map(\.1).max() ?? 0) - chosen.1)
            gained.add(chosen.0 > 0 ? chosen.1 : 0)
          }
          guard lost.count > 0 else { return "–" }
          return numberText("%.4f | %+.4f", lost.mean, gained.mean)
        }
    }
    return ReportTable(
      title:
        "Choosing the teacher of a student, seed by seed: mean regret of the choice | mean gain where a rule that expects none takes none",
      columns: ["rule"] + heads, rows: rows)
  }

  /// The runs that differ by the teacher only.
  private func choices(_ weight: String) -> [[Run]] {
    var groups: [[String]: [Run]] = [:]
    for run in runs where run.factors.first?.value == weight {
      groups[[String(run.replicate)] + run.othersThanTeacher, default: []].append(run)
    }
    return groups.keys.sorted { $0.lexicographicallyPrecedes($1) }.compactMap { groups[$0] }
  }

  /// How often the interval of the steps has the mean gain of its condition in it.
  private var coverage: ReportTable {
    get throws {
      let cells = try weights.map { weight in
        try share(
          conditions(weight).flatMap { runs in
            guard let gain = try over(runs, { $0["gain log-loss"] }) else { return [Bool]() }
            return runs.compactMap { run in
              guard let lower = run["steps lower"], let upper = run["steps upper"] else { return nil }
              return lower <= gain.mean && gain.mean <= upper
            }
          })
      }
      return ReportTable(
        title: "95 % intervals of the gain by steps in log-loss that hold the mean gain over seeds",
        columns: [""] + weights.map { "λ = \($0)" }, rows: [["covered"] + cells])
    }
  }
}
