// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import Foundation
import SeededRuns
import Testing

@testable import ClassAdvice

/// Slopes, Newton steps, controls and alignment against other ways to compute them.
@Suite struct ForecastTests {
  private func risk(_ student: SoftmaxStudent, _ rows: LabelledRows) -> Double {
    HeldOutScore(student.logits(of: rows.features), labels: rows.labels).logLoss
  }

  /// The slope against students that are trained at ±λ: within 10⁻³ of its size, for two teachers from one solve.
  @Test(arguments: [1.0, 2, 4]) func theSlopeIsTheDerivative(temperature: Double) throws {
    let planted = try Planted(rows: 60, columns: 8, seed: 11)
    let alone = try SoftmaxObjective(planted.student, weightDecay: 0.02).fit(tolerance: 1e-12)
    let slope = DistillationSlope(alone, heldOut: planted.fresh)
    var source = RandomSource(seed: 5, index: 0)
    let own = planted.teacher.softLabels(temperature: temperature)
    for soft in [own, own.shuffledWithinClasses(planted.student.labels, using: &source)] {
      let step = 1e-4
      // One-sided differences of second order, as λ is not negative: (4R(h) − R(2h) − 3R(0))/2h.
      let risks = [0, step, 2 * step].map { weight in
        risk(
          alone.objective.fit(
            from: alone, DistillationTerm(soft, weight: weight, temperature: temperature), tolerance: 1e-12),
          planted.fresh)
      }
      let difference = (4 * risks[1] - risks[2] - 3 * risks[0]) / (2 * step)
      let exact = slope(soft, temperature: temperature)
      #expect(abs(exact - difference) < 1e-3 * abs(exact))
    }
  }

  @Test func theSlopeOfLabelSmoothingIsTheDerivative() throws {
    let planted = try Planted(rows: 60, columns: 8, seed: 12)
    let alone = try SoftmaxObjective(planted.student, weightDecay: 0.02).fit(tolerance: 1e-12)
    let step = 1e-4
    let risks = [0, step, 2 * step].map { risk(alone.objective.smoothed($0).fit(tolerance: 1e-12), planted.fresh) }
    let difference = (4 * risks[1] - risks[2] - 3 * risks[0]) / (2 * step)
    let exact = DistillationSlope(alone, heldOut: planted.fresh).labelSmoothing
    #expect(abs(exact - difference) < 1e-3 * abs(exact))
  }

  /// A few steps from the shared reference are near the trained student, far nearer than the reference; first order ranks as they do.
  @Test func stepsAreNearlyThere() throws {
    let planted = try Planted(rows: 60, columns: 8, seed: 13)
    let alone = try SoftmaxObjective(planted.student, weightDecay: 0.02).fit()
    var source = RandomSource(seed: 6, index: 0)
    let soft = planted.teacher.softLabels(temperature: 2)
    let all = [soft, soft.shuffledWithinClasses(planted.student.labels, using: &source)]
    let forecast = NewtonStepForecast(alone, candidates: all, weight: 1, temperature: 2)
    let base = risk(forecast.reference, planted.fresh)
    let trained = all.map { risk(forecast.trainedStudent(of: $0), planted.fresh) }
    let steps = all.map { risk(forecast.student(of: $0), planted.fresh) }
    for (two, exact) in zip(steps, trained) { #expect(abs(two - exact) < 0.01 * abs(base - exact)) }
    let first = forecast.firstOrderChanges(all, heldOut: planted.fresh)
    #expect((first[0] < first[1]) == (trained[0] < trained[1]))
    #expect(abs(steps[0] - steps[1]) > 0.01)
  }

  /// The order of λ: the change of first order, divided by λ, tends to the slope as λ → 0.
  @Test func firstOrderBeginsAsTheSlope() throws {
    let planted = try Planted(rows: 60, columns: 8, seed: 14)
    let alone = try SoftmaxObjective(planted.student, weightDecay: 0.02).fit(tolerance: 1e-12)
    var source = RandomSource(seed: 7, index: 0)
    let soft = planted.teacher.softLabels(temperature: 2)
    let all = [soft, soft.shuffledWithinClasses(planted.student.labels, using: &source)]
    let forecast = NewtonStepForecast(alone, candidates: all, weight: 1e-4, temperature: 2)
    let changes = forecast.firstOrderChanges(all, heldOut: planted.fresh)
    let slope = DistillationSlope(alone, heldOut: planted.fresh)
    let slopes = all.map { slope($0, temperature: 2) }
    #expect(abs((changes[0] - changes[1]) / 1e-4 - (slopes[0] - slopes[1])) < 1e-2 * abs(slopes[0] - slopes[1]))
  }

  /// Planted teachers: one that knows the hidden cause helps, one that knows the label alone does no more than shuffled, one that says the
  /// opposite of the cause hurts; the alignment has their signs.
  @Test func plantedTeachersAreTold() throws {
    func outcome(shared: Double) throws -> (gain: Double, excess: Double, alignment: WithinClassAlignment) {
      var (gains, excesses) = ([Double](), [Double]())
      var last: WithinClassAlignment?
      for seed in 0..<6 as Range<UInt64> {
        let planted = try Planted(rows: 90, columns: 6, seed: 100 + seed, shared: shared)
        let alone = try SoftmaxObjective(planted.student, weightDecay: 0.03).fit()
        var source = RandomSource(seed: seed, index: 0)
        let soft = planted.teacher.softLabels(temperature: 1)
        let shuffled = soft.shuffledWithinClasses(planted.student.labels, using: &source)
        let forecast = NewtonStepForecast(alone, candidates: [soft], weight: 1, temperature: 1)
        let own = risk(forecast.student(of: soft), planted.fresh)
        gains.append(risk(alone, planted.fresh) - own)
        excesses.append(risk(forecast.student(of: shuffled), planted.fresh) - own)
        last = WithinClassAlignment(
          teacher: planted.freshTeacher, student: alone.logits(of: planted.fresh.features),
          strata: planted.fresh.labels,
          permutations: 199, seed: seed)
      }
      let alignment = try #require(last)
      return (gains.reduce(0, +) / 6, excesses.reduce(0, +) / 6, alignment)
    }
    let informative = try outcome(shared: 1)
    #expect(informative.gain > 0 && informative.excess > 0.01)
    #expect(informative.alignment.r > 0.2 && informative.alignment.probability == 1.0 / 200)
    let useless = try outcome(shared: 0)
    #expect(abs(useless.excess) < 0.3 * informative.excess)
    #expect(useless.alignment.probability > 1.0 / 200)
    let harmful = try outcome(shared: -1)
    #expect(harmful.gain < 0 && harmful.excess < 0)
    #expect(harmful.alignment.r < -0.2 && harmful.alignment.probability == 1.0 / 200)
  }

  /// Shuffled twice is shuffled.
  ///
  /// Every row's soft label is of its class, each is used once, and every arrangement of a small
  /// class is as frequent after one shuffle as after two. 6 arrangements, 1,200 draws: a frequency off by 0.1 has probability below 1e-12.
  @Test func shufflesAreExchangeable() throws {
    let labels = [0, 1, 0, 1, 0]
    let soft = try TeacherLogits([0, 1, 0, 2, 0, 3, 0, 4, 0, 5], classCount: 2).softLabels(temperature: 1)
    var source = RandomSource(seed: 3, index: 0)
    var counts = [[[Double]: Int](), [[Double]: Int]()]
    for _ in 0..<1_200 {
      let once = soft.shuffledWithinClasses(labels, using: &source)
      let twice = once.shuffledWithinClasses(labels, using: &source)
      for (place, drawn) in [once, twice].enumerated() {
        let first = [0, 2, 4].map { drawn.values[2 * $0] }
        #expect(Set(first) == Set([0, 2, 4].map { soft.values[2 * $0] }))
        counts[place][first, default: 0] += 1
      }
    }
    for count in counts {
      #expect(count.count == 6)
      for frequency in count.values { #expect(abs(Double(frequency) / 1_200 - 1.0 / 6) < 0.1) }
    }
  }

  /// Class means are what all shuffles average to, and the same as class means of a shuffle.
  @Test func classMeansAreTheMeanShuffle() throws {
    let planted = try Planted(rows: 30, columns: 4, seed: 15)
    let soft = planted.teacher.softLabels(temperature: 2)
    let means = soft.classMeans(planted.student.labels)
    var source = RandomSource(seed: 4, index: 0)
    let again = soft.shuffledWithinClasses(planted.student.labels, using: &source).classMeans(planted.student.labels)
    for (a, b) in zip(means.values, again.values) { #expect(abs(a - b) < 1e-12) }
    #expect(means.values[0] == means.values[3 * 3])
    // Ten rows of each class, in turn.
    for label in 0..<3 {
      for k in 0..<3 {
        let mean = (0..<10).reduce(0) { $0 + soft.values[(3 * $1 + label) * 3 + k] } / 10
        #expect(abs(means.values[label * 3 + k] - mean) < 1e-12)
      }
    }
    #expect(means.values[0] != soft.values[0])
  }

  /// Aligned with itself r is 1, with its negative −1; moving a class or adding to all logits of a row changes nothing.
  @Test func alignmentIsACorrelation() throws {
    let planted = try Planted(rows: 60, columns: 4, seed: 16)
    let (t, labels) = (planted.teacher, planted.student.labels)
    func r(_ values: [Double]) throws -> Double {
      WithinClassAlignment(
        teacher: t, student: try TeacherLogits(values, classCount: 3), strata: labels, permutations: 9, seed: 1
      ).r
    }
    #expect(try abs(r(t.values) - 1) < 1e-12)
    #expect(try abs(r(t.values.map { -2 * $0 }) + 1) < 1e-12)
    let moved = t.values.enumerated().map { place, value in
      value + 5 * Double(labels[place / 3]) * Double(place % 3) + Double(place / 3)
    }
    #expect(try abs(r(moved) - 1) < 1e-12)
    let labelsAlone = labels.flatMap { label in (0..<3).map { $0 == label ? 4.0 : 0 } }
    #expect(try r(labelsAlone) == 0)
  }
}
