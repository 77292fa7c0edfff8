// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import Datasets
import SeededRuns
import Testing

@testable import Experiments

/// What comes out does not depend on units and offsets, however large: data are centred in double precision before they are rounded.
@Suite struct UnitsTests {
  private static let maps: [(name: String, map: @Sendable (Double) -> Double)] = [
    ("× 2⁹⁹⁶ ≈ 10³⁰⁰", { $0 * 0x1p996 }), ("× 2⁻⁹⁹⁶", { $0 * 0x1p-996 }), ("+ 2³⁰ ≈ 10⁹", { $0 + 0x1p30 }),
    ("− 2⁴³ ≈ 10¹³", { $0 - 0x1p43 }),
  ]

  /// Two views of two classes; numbers are multiples of 2⁻⁹, so that every map is exact.
  private static func data(_ map: (Double) -> Double, names: [String] = ["a", "b"]) throws -> Dataset {
    var source = RandomSource(seed: 8, index: 0)
    let labels = (0..<120).map { $0 % 2 }
    return try Dataset(
      "small",
      modalities: names.map { name in
        try Modality(
          name, features: ["0", "1", "2"],
          values: labels.flatMap { label in
            (0..<3).map { column in
              column == 2 ? map(3) : map(Double(512 * label + source.integer(in: -600...600)) / 512)
            }
          })
      }, labels: ClassLabels(labels))
  }

  private static func outcomes<E: Experiment>(_ experiment: E) throws -> [Run] {
    try experiment.runs(of: experiment.trials[0], seed: 4)
  }

  @Test func viewsForgetUnits() throws {
    func runs(_ map: (Double) -> Double) throws -> [Run] {
      var experiment = try ViewsExperiment(Self.data(map), isQuick: true)
      experiment.training.epochs = 6
      return try Self.outcomes(experiment)
    }
    let plain = try runs { $0 }
    #expect(plain.allSatisfy { ($0["student accuracy"] ?? 0) > 0.6 })
    for (name, map) in Self.maps { #expect(try runs(map) == plain, "\(name)") }
  }

  @Test func omicsForgetUnits() throws {
    func runs(_ map: (Double) -> Double) throws -> [Run] {
      var experiment = try OmicsExperiment([Self.data(map)], isQuick: true)
      experiment.training.epochs = 6
      return try Self.outcomes(experiment)
    }
    let plain = try runs { $0 }
    for (name, map) in Self.maps { #expect(try runs(map) == plain, "\(name)") }
  }

  @Test func imagesForgetUnits() throws {
    func runs(_ map: (Double) -> Double) throws -> [Run] {
      var source = RandomSource(seed: 1, index: 0)
      let labels = (0..<90).map { $0 % 3 }
      let digits = labels.flatMap { label in (0..<36).map { $0 / 12 == label ? 0.875 : 0.125 } }
      let composites = digits.map { abs(Double(source.integer(in: 0...255)) / 256 - $0) }
      var experiment = try ImagesExperiment(
        digits: LabelledRows(features: digits, labels: labels),
        composites: LabelledRows(features: composites.map(map), labels: labels), isQuick: true)
      experiment.sizes = PartSizes(training: 18, extra: 24, information: 24, test: 24)
      (experiment.training.hiddenWidths, experiment.training.epochs) = ([6], 6)
      return try Self.outcomes(experiment)
    }
    let plain = try runs { $0 }
    for (name, map) in Self.maps { #expect(try runs(map) == plain, "\(name)") }
  }

  /// Bits as features: informations are counted, stay below ln 2, and say how they came about; so do records.
  @Test func bitsAreCounted() throws {
    var source = RandomSource(seed: 3, index: 0)
    let labels = (0..<200).map { $0 % 2 }
    let data = try Dataset(
      "bits",
      modalities: ["a", "b"].map { name in
        try Modality(name, features: ["0"], values: labels.map { Double(source.integer(in: 0...3) > 0 ? $0 : 1 - $0) })
      }, labels: ClassLabels(labels))
    var experiment = try ViewsExperiment(data, isQuick: true)
    experiment.training.epochs = 6
    let runs = try Self.outcomes(experiment)
    for run in runs {
      #expect((run["i_sy"] ?? 9) <= 0.6931472 && (run["i_ts"] ?? 9) <= 0.6931472)
      #expect(run.outcomes.prefix(2).map(\.note) == ["counts", "counts"])
    }
    #expect(runs.outcomeNotes == ["i_ts: counts in 4 of 4 runs", "i_sy: counts in 4 of 4 runs"])
  }

  /// Where an information is missing, ΔI is, and the table makes no prediction of it; a record keeps the reason.
  @Test func missingInformationsSayWhy() throws {
    let missing = InformationCell(missing: "mine: the estimate 4.712 is impossible")
    let informations = RepresentationInformation(
      teacherStudent: InformationCell(0.5, by: "ksg1"), studentLabel: missing)
    let runs = (0..<3).map { seed in
      Run(
        replicate: seed, factors: [Setting("c", "x")],
        outcomes: [
          .init("i_ts", informations.teacherStudent), .init("i_sy", informations.studentLabel), .delta(informations),
          .init("gain", 0.1 + Double(seed)),
        ])
    }
    let table = try AgreementTable(runs, .init(gain: "gain"))
    #expect(table.rows[0].delta == nil && table.rows[0].agrees == nil && !table.rows[0].isDecided(level: 0.95))
    #expect(table.agreement.conditions == 0 && table.rows[0].gain.count == 3)
    #expect(
      runs.outcomeNotes == [
        "i_ts: ksg1 in 3 of 3 runs", "i_sy: no value in 3 of 3 runs: mine: the estimate … is impossible",
        "delta: no value in 3 of 3 runs: I(H2;Y) is missing",
      ])
    #expect(try RecordLine.trial(RecordLine.json(of: "t", runs)).runs == runs)
  }
}
