// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import PropertyTesting
import SeededRuns

/// Random finite models, valid by construction: every choice is a small whole number, and shares are choices divided by their sum.
enum FiniteModelSampler {
  /// The teachers that are drawn.
  private enum Teacher: Int, CaseIterable {
    /// A soft label of its own for every outcome.
    case free
    /// The same whatever is seen.
    case constant
    /// The label itself.
    case label
    /// A soft label for every class, as the teacher of a class mean has.
    case ofClass
  }

  /// A model on the tape, which a hunt searches and makes simple.
  static let generator = Generator<FiniteModel> { tape in
    try model { range in try Generator.int(in: range, towards: range.lowerBound)(&tape) }
  }

  /// Model number `index` under a seed: the same on every machine.
  static func model(seed: UInt64, index: Int) throws -> FiniteModel {
    // Another stream than that of the covariances.
    var source = RandomSource(seed: seed ^ 0xC1A5_5E5, index: UInt64(index))
    return try model { source.integer(in: $0) }
  }

  private static func model(_ choose: (ClosedRange<Int>) throws -> Int) throws -> FiniteModel {
    let classes = try choose(1...9) % 4 + 1
    let teacher = Teacher(rawValue: try choose(0...Teacher.allCases.count - 1)) ?? .free
    // Drawn whatever the teacher is, so that another kind of teacher leaves the other choices in their places.
    let common = try shares(classes, 0...5, choose)
    let ofClasses = try (0..<classes).map { _ in try shares(classes, 0...5, choose) }
    let cells = try (0..<choose(1...3)).map { _ -> FiniteModel.Cell in
      let (weight, rows) = (try choose(0...9), try choose(1...6))
      let count = try choose(1...4)
      let probabilities = try shares(count, 0...9, choose)
      let outcomes = try (0..<count).map { place -> FiniteModel.Outcome in
        let label = try choose(0...classes - 1)
        let own =
          switch teacher {
          case .free: try shares(classes, 0...5, choose)
          case .constant: common
          case .label: (0..<classes).map { Rational($0 == label ? 1 : 0) }
          case .ofClass: ofClasses[label]
          }
        return .init(probability: probabilities[place], label: label, teacher: own)
      }
      return .init(weight: Rational(weight), rows: rows, outcomes: outcomes)
    }
    return try FiniteModel(classes: classes, cells: cells)
  }

  /// Shares that add up to 1; equal ones where all choices are 0.
  private static func shares(
    _ count: Int, _ range: ClosedRange<Int>, _ choose: (ClosedRange<Int>) throws -> Int
  ) throws -> [Rational] {
    let parts = try (0..<count).map { _ in try choose(range) }
    let total = parts.reduce(0, +)
    return parts.map { total == 0 ? Rational(1, count) : Rational($0, total) }
  }
}
