// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import PropertyTesting
import SeededRuns

/// Random finite models, valid by construction: every choice is a small whole number, and shares are choices divided by their sum.
package enum FiniteModelSampler {
  /// The teachers that are drawn.
  private enum Teacher: Int, CaseIterable {
    /// The same whatever is seen.
    case constant
    /// A soft label of its own for every outcome.
    case free
    /// The label itself.
    case label
    /// A soft label for every class, as the teacher of a class mean has.
    case ofClass
  }

  /// A model on the tape, which a hunt searches and makes simple.
  package static let generator = Generator<FiniteModel> { tape in
    let classes = try number(1...4, towards: 2)(&tape)
    let teacher = Teacher(rawValue: try number(0...Teacher.allCases.count - 1)(&tape)) ?? .constant
    // Drawn whatever the teacher is, so that another kind of teacher leaves the other choices in their places.
    let common = try shares(classes)(&tape)
    let ofClasses = try shares(classes).array(count: 4...4)(&tape)
    let outcome = Generator<(part: Int, label: Int, own: [Rational])> { tape in
      (try number(0...9, towards: 1)(&tape), try number(0...3)(&tape) % classes, try shares(classes)(&tape))
    }
    let cell = Generator<FiniteModel.Cell> { tape in
      let (weight, rows) = (try number(0...9, towards: 1)(&tape), try number(1...6)(&tape))
      let drawn = try outcome.array(count: 1...4)(&tape)
      let total = drawn.reduce(0) { $0 + $1.part }
      return .init(
        weight: Rational(weight), rows: rows,
        outcomes: drawn.map { part, label, own in
          let soft =
            switch teacher {
            case .free: own
            case .constant: common
            case .label: (0..<classes).map { Rational($0 == label ? 1 : 0) }
            case .ofClass: ofClasses[label]
            }
          return .init(
            probability: total == 0 ? Rational(1, drawn.count) : Rational(part, total), label: label, teacher: soft)
        })
    }
    return try FiniteModel(classes: classes, cells: cell.array(count: 1...3)(&tape))
  }

  /// Model number `index` under a seed: the same on every machine.
  package static func model(seed: UInt64, index: Int) throws -> FiniteModel {
    // Another stream than that of the covariances.
    var tape = ChoiceTape(random: RandomSource(seed: seed ^ 0xC1A5_5E5, index: UInt64(index)))
    return try generator(&tape)
  }

  private static func number(_ range: ClosedRange<Int>, towards simplest: Int = 0) -> Generator<Int> {
    .int(in: range, towards: simplest)
  }

  /// Shares of so many classes that add up to 1, equal ones where all choices are 0.
  ///
  /// There are as many choices for any number of classes.
  private static func shares(_ classes: Int) -> Generator<[Rational]> {
    number(0...5, towards: 1).array(count: 4...4).map { parts in
      let own = parts.prefix(classes)
      let total = own.reduce(0, +)
      return own.map { total == 0 ? Rational(1, classes) : Rational($0, total) }
    }
  }
}
