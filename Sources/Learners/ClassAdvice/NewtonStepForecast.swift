// SPDX-License-Identifier: GPL-3.0-or-later
import Classification

/// Distilled students of many teachers at one λ and T, each a few Newton steps from a reference student that all share.
///
/// The reference is distilled from the class means of the candidates' average soft label, a function of the label (where rows have none, from
/// that average itself): what any of these teachers does as a regulariser is in it. What is left for the steps is what a teacher knows of single rows, which is little, so that the work of two
/// steps comes close to the minimiser at a tenth of its cost. It is spent on four rough steps: on mfeat two steps whose directions are solved to 1 % take 21
/// products with the Hessian and miss the gain by 0.015 nats (root mean square), four whose directions are solved to 30 % take 15 and miss it by 0.002, and the minimiser
/// takes 168. And ``firstOrderChanges(_:heldOut:)`` ranks any number of teachers by one solve.
public struct NewtonStepForecast: Sendable {
  /// λ.
  public let weight: Double
  /// T.
  public let temperature: Double
  /// The reference student.
  public let reference: SoftmaxStudent
  private let referenceTerm: DistillationTerm

  /// The reference student of these candidates.
  ///
  /// - Parameters:
  ///   - alone: the student without a teacher.
  ///   - candidates: the teachers' soft labels of the training rows, at temperature T.
  ///   - weight: λ > 0.
  ///   - temperature: T.
  ///   - tolerance: the norm of the gradient to which the reference is fitted; 10⁻⁶ is far below what one row changes, and what
  ///     ``firstOrderChanges(_:heldOut:)`` needs. Steps end where they do from a rough one too.
  /// - Precondition: there is a candidate.
  public init(
    _ alone: SoftmaxStudent, candidates: [SoftLabels], weight: Double, temperature: Double,
    tolerance: Double = 1e-6
  ) {
    referenceTerm = .reference(of: candidates, alone.objective.labels, weight: weight, temperature: temperature)
    reference = alone.objective.fit(from: alone, referenceTerm, tolerance: tolerance)
    (self.weight, self.temperature) = (weight, temperature)
  }

  /// By how much the held-out risk differs from the reference's, to first order, for every teacher.
  public func firstOrderChanges(_ teachers: [SoftLabels], heldOut: LabelledRows) -> [Double] {
    let objective = reference.objective
    let slope = DistillationSlope(
      reference, referenceTerm, scores: objective.features.scores(of: heldOut.features), labels: heldOut.labels)
    return teachers.map { slope.change(from: referenceTerm.softLabels, to: $0, weight: weight * temperature) }
  }

  /// The student of a teacher, nearly: four damped Newton steps, their directions solved roughly, from the reference, or from another student
  /// where the loss is less there.
  ///
  /// Four steps are near where the reference is. Where columns are about as many as rows and weight decay is small it can be far away: then
  /// more follow, twelve at most, as long as one makes the loss fall by more than `tolerance`. And where one makes it fall by less than a tenth of that none
  /// follows, even if it was the first.
  ///
  /// - Parameters:
  ///   - teacher: soft labels of the training rows.
  ///   - others: other students to begin at, such as those of a near λ.
  ///   - tolerance: in nats; by default no fifth step is taken.
  /// - Precondition: the soft labels are of the training rows, the students of the same objective.
  public func student(
    of teacher: SoftLabels, orFrom others: [SoftmaxStudent] = [], tolerance: Double = .infinity
  ) -> SoftmaxStudent {
    students(of: [teacher], orFrom: [others], tolerance: tolerance)[0]
  }

  /// The students of several teachers, whose steps are taken together.
  ///
  /// - Parameters:
  ///   - teachers: soft labels of the training rows.
  ///   - others: for every teacher, other students to begin at.
  ///   - tolerance: in nats; by default no fifth step is taken.
  /// - Precondition: the soft labels are of the training rows, the students of the same objective.
  public func students(
    of teachers: [SoftLabels], orFrom others: [[SoftmaxStudent]], tolerance: Double = .infinity
  ) -> [SoftmaxStudent] {
    NewtonStepForecast.students(
      reference.objective, of: terms(teachers), from: others.map { [reference] + $0 }, tolerance: tolerance)
  }

  private func terms(_ teachers: [SoftLabels]) -> [DistillationTerm] {
    teachers.map { DistillationTerm($0, weight: weight, temperature: temperature) }
  }

  /// The students of several terms, each from the start of the least loss.
  ///
  /// - Precondition: every term has a start, all of the same objective.
  static func students(
    _ objective: SoftmaxObjective, of terms: [DistillationTerm], from starts: [[SoftmaxStudent]], tolerance: Double
  ) -> [SoftmaxStudent] {
    guard let products = objective.features.products else {
      return zip(terms, starts).map { student(objective, $0, from: $1, tolerance: tolerance) }
    }
    var newton = RowNewton(objective, products)
    for (term, starts) in zip(terms, starts) { newton.add(term, startingFrom: starts.compactMap(\.rowWeights)) }
    var running = Array(terms.indices)
    for step in 0..<12 where !running.isEmpty {
      let falls = newton.step(running, tolerance: 0.3, isRough: true)
      running = zip(running, falls).compactMap { place, fall in
        fall.map { isFar($0, after: step, tolerance) } == true ? place : nil
      }
    }
    return terms.indices.map { SoftmaxStudent(objective, rows: newton.finished($0)) }
  }

  /// The steps of one student in the weights of components.
  private static func student(
    _ objective: SoftmaxObjective, _ term: DistillationTerm, from starts: [SoftmaxStudent], tolerance: Double
  ) -> SoftmaxStudent {
    let points = starts.map { objective.point($0.weights, term) }
    guard var point = points.min(by: { $0.value < $1.value }) else { preconditionFailure("there is a start") }
    for step in 0..<12 {
      guard let next = objective.newtonStep(point, objective.gradient(point, term), term, tolerance: 0.3) else {
        break
      }
      let fall = point.value - next.value
      point = next
      if !isFar(fall, after: step, tolerance) { break }
    }
    return SoftmaxStudent(objective, weights: point.weights)
  }

  /// Whether another step follows one that made the loss fall so far.
  private static func isFar(_ fall: Double, after step: Int, _ tolerance: Double) -> Bool {
    fall > (step >= 3 ? tolerance : tolerance.isFinite ? tolerance / 10 : 0)
  }

  /// The student of a teacher, to the end: what the steps approximate.
  public func trainedStudent(of teacher: SoftLabels) -> SoftmaxStudent {
    reference.objective.fit(
      from: reference, DistillationTerm(teacher, weight: weight, temperature: temperature), tolerance: 1e-8)
  }
}

extension DistillationTerm {
  /// What the reference of these candidates is distilled with: the class means of their average soft label.
  static func reference(of candidates: [SoftLabels], _ labels: [Int], weight: Double, temperature: Double) -> Self {
    Self(SoftLabels.mean(of: candidates).classMeans(labels), weight: weight, temperature: temperature)
  }
}
