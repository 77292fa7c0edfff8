// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import Foundation
import SeededRuns
import Testing

@testable import ClassAdvice

/// The advice against a plain program that fits, scores and chooses everything anew.
@Suite struct AdvisorTests {
  /// 72 rows in groups of six; a view that sees the hidden cause, one of noise and class, and a teacher from elsewhere that rules out a class at times.
  static func data(rows n: Int = 72) throws -> ClassData {
    let planted = try Planted(rows: n, columns: 5, seed: 31)
    let labels = planted.student.labels
    let noise = planted.numbers(2 * n, stream: 5)
    var outside = planted.teacher.values.map { -0.5 * $0 }
    for row in stride(from: 0, to: n, by: 5) { outside[row * 3 + (labels[row] + 1) % 3] = -.infinity }
    return try ClassData(
      student: planted.student, classNames: ["a", "b", "c"],
      views: [
        ("cause", try LabelledRows(features: planted.teacher.values, labels: labels)),
        (
          "noise",
          try LabelledRows(features: (0..<2 * n).map { noise[$0] + Double(labels[$0 / 2]) * 0.4 }, labels: labels)
        ),
      ], outside: [("elsewhere", try TeacherLogits(outside, classCount: 3))], groups: (0..<n).map { $0 / 6 })
  }

  private static var settings: ClassAdvisor.Settings {
    var settings = ClassAdvisor.Settings()
    (settings.folds, settings.repeats, settings.seed, settings.isExhaustive) = (3, 2, 7, true)
    (settings.weights, settings.temperatures) = ([0.5], [2, 1])
    return settings
  }

  private static func fit(_ rows: LabelledRows, _ decay: Double, _ term: DistillationTerm? = nil) throws
    -> SoftmaxStudent
  { try SoftmaxObjective(rows, weightDecay: decay).fit(term, tolerance: 1e-9) }

  private static func features(_ view: LabelledRows, _ chosen: [Int]) -> [Double] {
    chosen.flatMap { view.features[$0 * view.featureCount..<($0 + 1) * view.featureCount] }
  }

  /// What a fold of the plain program knows: by candidate the held-out logits of students, setting by setting, then of both controls.
  private struct Fold {
    let heldOut, labels: [Int]
    let alone: TeacherLogits
    let slopes: [Double]
    let paired, shuffled, means: [[TeacherLogits]]
    let teachers: [Int: TeacherLogits]
  }

  private static func fold(
    _ data: ClassData, _ cut: ClassFolds, _ number: Int, _ decays: [Double], index: Int
  ) throws -> Fold {
    let (training, heldOut) = (cut.training(number), cut.heldOut(number))
    let student = try data.student.selecting(training)
    let labels = student.labels
    let alone = try fit(student, decays[0])
    let views = data.views.map(\.rows)
    let joint = try LabelledRows(
      features: (0..<data.rowCount).flatMap { row in ([data.student] + views).flatMap { features($0, [row]) } },
      labels: data.student.labels)
    func onOthers(_ view: LabelledRows, _ decay: Double) throws -> TeacherLogits {
      // A row is judged by a teacher of the rows that are neither in this fold nor in the row's own.
      let teachers = try (0..<3).map { other in
        try fit(view.selecting(training.filter { cut.foldOfRow[$0] != other }), decay)
      }
      let rows = training.map { teachers[cut.foldOfRow[$0]].logits(of: features(view, [$0])).values }
      return TeacherLogits(checked: rows.flatMap(\.self), classCount: 3)
    }
    let own = try zip(views, decays.dropFirst()).map { try fit($0.selecting(training), $1) }
    let others = try zip(views, decays.dropFirst()).map { try onOthers($0, $1) }
    let elsewhere = data.outside[0].logits
    // The order of ClassTeacher.all: views, on other rows, outside, joint, ensemble, smoothing.
    let known =
      own.map(\.trainingLogits) + others + [elsewhere.selecting(training), try onOthers(joint, decays[3])]
    let settings = AdvisorTests.settings
    let grid = settings.temperatures.flatMap { t in settings.weights.map { ($0, t) } }
    func soft(_ candidate: Int, _ t: Double) -> SoftLabels {
      switch candidate {
      case 6:
        let parts = [2, 3, 4].map { known[$0].softLabels(temperature: t).values }
        return SoftLabels(parts[0].indices.map { i in parts.reduce(0) { $0 + $1[i] } / 3 }, classCount: 3)
      case 7: return SoftLabels([Double](repeating: 1.0 / 3, count: 3 * training.count), classCount: 3)
      default: return known[candidate].softLabels(temperature: t)
      }
    }
    func students(_ candidate: Int, _ change: (SoftLabels) -> SoftLabels) throws -> [TeacherLogits] {
      try grid.map { weight, t in
        try fit(
          student, decays[0], DistillationTerm(change(soft(candidate, t)), weight: weight, temperature: t)
        ).logits(of: features(data.student, heldOut))
      }
    }
    let slope = DistillationSlope(alone, heldOut: try data.student.selecting(heldOut))
    return Fold(
      heldOut: heldOut, labels: heldOut.map { data.student.labels[$0] },
      alone: alone.logits(of: features(data.student, heldOut)),
      slopes: (0..<8).map { slope(soft($0, 2), temperature: 2) },
      paired: try (0..<8).map { try students($0) { $0 } },
      shuffled: try (0..<8).map { candidate in
        try students(candidate) { soft in
          var source = RandomSource(seed: UInt64(1_007 + index), index: UInt64(candidate))
          return soft.shuffledWithinClasses(labels, using: &source)
        }
      },
      means: try (0..<8).map { try students($0) { $0.classMeans(labels) } },
      teachers: [
        0: own[0].logits(of: features(views[0], heldOut)), 1: own[1].logits(of: features(views[1], heldOut)),
        4: elsewhere.selecting(heldOut),
      ])
  }

  /// The log-loss of every fold at the temperature of its repetition's other folds, and that temperature.
  private static func losses(_ folds: [Fold], _ logits: [TeacherLogits]) -> [(loss: Double, temperature: Double)] {
    folds.indices.map { index in
      let others = (index / 3 * 3..<index / 3 * 3 + 3).filter { $0 != index }
      let t = FittedTemperature(
        TeacherLogits(checked: others.flatMap { logits[$0].values }, classCount: 3),
        labels: others.flatMap { folds[$0].labels }, pseudoRows: 1
      ).value
      let sum = folds[index].labels.enumerated().reduce(0.0) { sum, own in
        let z = (0..<3).map { exp(logits[index].values[own.offset * 3 + $0] / t) }
        return sum - log(z[own.element] / z.reduce(0, +))
      }
      return (sum / Double(folds[index].labels.count), t)
    }
  }

  private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  @Test func theAdviceIsThatOfThePlainProgram() throws {
    let data = try Self.data()
    let advice = try ClassAdvisor(data, Self.settings)
    let cuts = try (0..<2).map {
      try ClassFolds(
        labels: data.student.labels, classNames: data.classNames, groups: data.groups, folds: 3, seed: 7 + $0)
    }
    let all = [data.student] + data.views.map(\.rows) + [try data.jointView()]
    let decays = try all.map { try WeightDecayChoice($0, folds: cuts[0]).value }
    #expect(advice.weightDecay == decays[0])
    let folds = try (0..<6).map { try Self.fold(data, cuts[$0 / 3], $0 % 3, decays, index: $0) }
    let base = Self.losses(folds, folds.map(\.alone))
    #expect(abs(advice.alone.logLoss - Self.mean(base.map(\.loss))) < 1e-5)
    #expect(advice.candidates.count == 8)
    for (place, teacher) in ClassTeacher.all(data).enumerated() {
      let own = try #require(advice.candidates.first { $0.teacher == teacher })
      func gains(_ students: [TeacherLogits]) -> [Double] {
        zip(base, Self.losses(folds, students)).map { $0.loss - $1.loss }
      }
      let table = (0..<2).map { setting in gains(folds.map { $0.paired[place][setting] }) }
      func best(_ folds: [Int]) -> Int {
        let sums = table.map { gains in folds.reduce(0) { $0 + gains[$1] } }
        return sums.indices.max { sums[$0] < sums[$1] } ?? 0
      }
      let chosen = (0..<6).map { fold in best((fold / 3 * 3..<fold / 3 * 3 + 3).filter { $0 != fold }) }
      let gain = (0..<6).map { table[chosen[$0]][$0] }
      func near(_ estimate: GainEstimate, _ values: [Double], _ tolerance: Double = 1e-5) {
        let mean = Self.mean(values)
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 5
        // The quantile 0.975 of Student's law of five degrees; two folds train, one is held out.
        let half = 2.570_581_836 * ((1.0 / 6 + 1.0 / 2) * variance).squareRoot()
        #expect(abs(estimate.mean - mean) < tolerance, "\(own.name)")
        #expect(
          abs(estimate.upper - mean - half) < 10 * tolerance && abs(mean - half - estimate.lower) < 10 * tolerance)
      }
      near(own.logLoss, gain)
      // A control's temperature is that of other folds at the same setting.
      let shuffled = (0..<6).map { fold in gains(folds.map { $0.shuffled[place][chosen[fold]] })[fold] }
      near(own.shuffled, shuffled)
      near(own.classMeans, (0..<6).map { fold in gains(folds.map { $0.means[place][chosen[fold]] })[fold] })
      near(own.beyondShuffled, zip(gain, shuffled).map { $0 - $1 })
      #expect(abs(own.slope - Self.mean(folds.map { $0.slopes[place] })) < 1e-5)
      let grid = Self.settings.grid[best(Array(0..<6))]
      #expect(own.setting == grid)
      // Accuracy, F1 and AUC by the metrics of probabilities.
      let taught = (0..<6).map { folds[$0].paired[place][chosen[$0]] }
      let temperatures = (
        base.map(\.temperature),
        (0..<6).map { fold in Self.losses(folds, folds.map { $0.paired[place][chosen[fold]] })[fold].temperature }
      )
      func metrics(_ logits: [TeacherLogits], _ t: [Double]) throws -> [ClassificationMetrics] {
        try (0..<6).map {
          try ClassificationMetrics(
            probabilities: logits[$0].softLabels(temperature: t[$0]).values, labels: folds[$0].labels, classes: 3)
        }
      }
      let both = (try metrics(folds.map(\.alone), temperatures.0), try metrics(taught, temperatures.1))
      near(own.accuracy, zip(both.1, both.0).map { $0.accuracy - $1.accuracy })
      near(try #require(own.weightedF1), zip(both.1, both.0).map { $0.weightedF1 - $1.weightedF1 })
      near(try #require(own.macroAUC), zip(both.1, both.0).map { $0.macroAUC - $1.macroAUC })
      try evidence(own, place, Array(folds.prefix(3)))
      let verdict: ClassCandidate.Verdict =
        own.logLoss.lower > 0
        ? own.beyondShuffled.lower > 0 ? .helps : .regularises : own.logLoss.upper < 0 ? .hurts : .unclear
      #expect(own.verdict == verdict)
      if teacher == .smoothing { #expect(own.beyondShuffled.mean == 0) }
    }
    let order = advice.candidates.map(\.logLoss.mean)
    #expect(order == order.sorted(by: >))
  }

  /// Accuracy, alignment and I(H1;H2|Y) of single teachers, in the first repetition.
  private func evidence(_ own: ClassCandidate, _ place: Int, _ folds: [Fold]) throws {
    guard let first = folds[0].teachers[place] else {
      #expect(own.teacherAccuracy == nil && own.alignment == nil && own.withinClasses == nil)
      return
    }
    let teachers = [first] + folds.dropFirst().compactMap { $0.teachers[place] }
    let logits = TeacherLogits(checked: teachers.flatMap(\.values), classCount: 3)
    let students = TeacherLogits(checked: folds.flatMap(\.alone.values), classCount: 3)
    let labels = folds.flatMap(\.labels)
    let strata = folds.enumerated().flatMap { fold, part in part.labels.map { 10 * fold + $0 } }
    let alignment = WithinClassAlignment(teacher: logits, student: students, strata: strata, seed: 7)
    #expect(try abs(#require(own.alignment).r - alignment.r) < 1e-5)
    let hits = labels.indices.count { row in
      let z = Array(logits.values[row * 3..<row * 3 + 3])
      return z.firstIndex(of: z.max() ?? 0) == labels[row]
    }
    #expect(own.teacherAccuracy == Double(hits) / Double(labels.count))
    let within = try #require(own.withinClasses)
    // −∞ has no information that neighbours could tell.
    #expect((within.probability == nil) == logits.values.contains(-.infinity))
  }

  /// A few steps say nearly what training every student says.
  @Test func stepsSayTheSame() throws {
    let data = try Self.data()
    var settings = Self.settings
    settings.repeats = 1
    let trained = try ClassAdvisor(data, settings)
    settings.isExhaustive = false
    let steps = try ClassAdvisor(data, settings)
    for candidate in trained.candidates {
      let own = try #require(steps.candidates.first { $0.teacher == candidate.teacher })
      #expect(abs(own.logLoss.mean - candidate.logLoss.mean) < 3e-4, "\(own.name)")
      #expect(abs(own.beyondShuffled.mean - candidate.beyondShuffled.mean) < 3e-4, "\(own.name)")
    }
  }

  /// What may be said needs whole intervals, not means.
  @Test func verdictsNeedIntervals() throws {
    func gain(_ mean: Double, _ half: Double) throws -> GainEstimate {
      try GainEstimate([mean - half, mean + half], heldOutShare: 1, level: 0.5)
    }
    func candidate(
      _ own: GainEstimate, _ beyond: GainEstimate, _ teacher: ClassTeacher = .joint, shuffled: GainEstimate? = nil
    ) -> ClassCandidate {
      ClassCandidate(
        teacher: teacher, name: "t", setting: DistillationSetting(weight: 1, temperature: 1), slope: 0, logLoss: own,
        accuracy: own, weightedF1: nil, macroAUC: nil, shuffled: shuffled ?? own, classMeans: own,
        beyondShuffled: beyond, teacherAccuracy: nil, alignment: nil, information: nil, withinClasses: nil,
        unlabelled: nil, perceptron: nil)
    }
    func verdict(_ own: GainEstimate, _ beyond: GainEstimate) -> ClassCandidate.Verdict {
      candidate(own, beyond).verdict
    }
    let (sure, perhaps, loss, doubt) = (try gain(1, 0.1), try gain(1, 2), try gain(-1, 0.1), try gain(-1, 2))
    #expect(verdict(sure, sure) == .helps)
    #expect(verdict(sure, perhaps) == .regularises && verdict(sure, loss) == .regularises)
    #expect(verdict(perhaps, sure) == .unclear && verdict(doubt, sure) == .unclear)
    #expect(verdict(loss, sure) == .hurts)

    // What helps is recommended before what gains more and may be regularisation; label smoothing never is.
    let most = [
      candidate(try gain(9, 0.1), sure, .smoothing), candidate(try gain(3, 0.1), perhaps, .view(0)),
      candidate(try gain(2, 5), perhaps, .view(1)), candidate(sure, sure, .view(2)), candidate(loss, sure, .view(3)),
    ]
    func recommended(_ places: [Int]) -> ClassTeacher? {
      ClassCandidate.recommended(of: places.map { most[$0] })?.teacher
    }
    #expect(recommended([0, 1, 2, 3, 4]) == .view(2) && recommended([0, 1, 2, 4]) == .view(0))
    #expect(recommended([0, 2, 4]) == .view(1) && recommended([0, 4]) == .view(3) && recommended([0]) == nil)
    #expect(candidate(sure, sure).isMostlyRegularisation)
    #expect(!candidate(sure, sure, shuffled: try gain(0.4, 0.1)).isMostlyRegularisation)
    #expect(!candidate(loss, sure, shuffled: loss).isMostlyRegularisation)
  }

  /// Of many rows a sample with the classes in proportion; the rows of all views stay together.
  @Test func samplesAreStratified() throws {
    let plain = try Self.data()
    // Rows of one class after those of another, so that the first rows are no sample.
    let data = try plain.selecting((0..<72).sorted { ($0 % 3, $0) < ($1 % 3, $1) })
    let sample = try data.sampled(30, seed: 3)
    #expect(sample.rowCount == 30)
    for label in 0..<3 { #expect(sample.student.labels.count { $0 == label } == 10) }
    for row in 0..<30 {
      let own = sample.student.features[row * 5..<row * 5 + 5]
      let place = try #require((0..<72).first { data.student.features[$0 * 5..<$0 * 5 + 5] == own })
      #expect(sample.views[0].rows.features[row * 3] == data.views[0].rows.features[place * 3])
      #expect(sample.outside[0].logits.values[row * 3] == data.outside[0].logits.values[place * 3])
      #expect(sample.groups?[row] == data.groups?[place])
    }
    #expect(try data.sampled(72, seed: 3).student == data.student)
  }
}
