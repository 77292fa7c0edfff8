// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// A model of classes that is finite and exact: labels one-hot over K classes, soft labels of a teacher, a student that is a table.
///
/// x2 takes finitely many values, the cells. In each a label and a soft label are drawn together from finitely many outcomes. The student
/// of a cell says the mean of the mixed labels (1 − α)·y + α·t of its training rows, which minimises squared error and cross-entropy alike;
/// its risk is Brier's, the mean of ‖student − y‖² on a fresh label, averaged over training samples of the given numbers of rows a cell.
public struct FiniteModel: Sendable, Hashable {
  /// What may happen in a cell.
  public struct Outcome: Sendable, Hashable {
    /// Its probability in the cell, at least 0.
    public let probability: Rational
    /// The class, from 0.
    public let label: Int
    /// The teacher's soft label: K numbers of at least 0, which add up to 1.
    public let teacher: [Rational]

    /// An outcome.
    public init(probability: Rational, label: Int, teacher: [Rational]) {
      (self.probability, self.label, self.teacher) = (probability, label, teacher)
    }
  }

  /// A value of x2.
  public struct Cell: Sendable, Hashable {
    /// Its weight in the risk, at least 0.
    public let weight: Rational
    /// The number of its training rows, at least 1.
    public let rows: Int
    /// What may happen in it; the probabilities add up to 1.
    public let outcomes: [Outcome]

    /// A cell.
    public init(weight: Rational, rows: Int, outcomes: [Outcome]) {
      (self.weight, self.rows, self.outcomes) = (weight, rows, outcomes)
    }
  }

  /// The number K of classes, at least 1.
  public let classes: Int
  /// The cells, at least one.
  public let cells: [Cell]

  /// A model.
  ///
  /// - Throws: ``FiniteModelError`` that names the cell, the outcome and the rule.
  public init(classes: Int, cells: [Cell]) throws(FiniteModelError) {
    guard classes >= 1 else { throw FiniteModelError("classes", "at least 1 class is needed") }
    guard !cells.isEmpty else { throw FiniteModelError("cells", "at least 1 cell is needed") }
    for (place, cell) in cells.enumerated() {
      func wrong(_ key: String, _ rule: String) -> FiniteModelError { FiniteModelError("cells[\(place)].\(key)", rule) }
      guard cell.weight.signum >= 0 else { throw wrong("weight", "a weight is not negative") }
      guard cell.rows >= 1 else { throw wrong("rows", "a cell has at least 1 row") }
      for (number, outcome) in cell.outcomes.enumerated() {
        let key = "outcomes[\(number)]"
        guard outcome.probability.signum >= 0 else {
          throw wrong("\(key).probability", "a probability is not negative")
        }
        guard (0..<classes).contains(outcome.label) else {
          throw wrong("\(key).label", "labels are 0 to \(classes - 1), the number of classes less 1")
        }
        guard outcome.teacher.count == classes else {
          throw wrong(
            "\(key).teacher", "a soft label has \(classes) numbers, one a class; it has \(outcome.teacher.count)")
        }
        guard outcome.teacher.allSatisfy({ $0.signum >= 0 }), FiniteModel.sum(outcome.teacher) == 1 else {
          throw wrong("\(key).teacher", "the numbers of a soft label are not negative and add up to 1")
        }
      }
      guard FiniteModel.sum(cell.outcomes.map(\.probability)) == 1 else {
        throw wrong("outcomes", "the probabilities of a cell add up to 1")
      }
    }
    (self.classes, self.cells) = (classes, cells)
  }

  static func sum(_ numbers: [Rational]) -> Rational { numbers.reduce(0, +) }
}

/// Why a finite model is none: the place in it, and the rule that it breaks.
public struct FiniteModelError: Error, Equatable, CustomStringConvertible {
  /// The place, such as "cells[0].outcomes[1].label".
  public let place: String
  /// The rule.
  public let rule: String

  init(_ place: String, _ rule: String) { (self.place, self.rule) = (place, rule) }

  /// "cells[0].rows: a cell has at least 1 row".
  public var description: String { "\(place): \(rule)" }
}

extension FiniteModel.Cell {
  /// The means and covariances of a cell, added up over classes.
  public struct Moments: Sendable, Hashable {
    /// var(y) = 1 − Σ P(k)².
    public let label: Rational
    /// cov(t, y).
    public let softCovariance: Rational
    /// var(t).
    public let soft: Rational
    /// ‖E t − E y‖²: how far the teacher's mean is from the label's.
    public let lean: Rational
  }

  /// The cell's moments.
  public var moments: Moments {
    let classes = outcomes.first?.teacher.count ?? 0
    var moments = (label: Rational(0), covariance: Rational(0), soft: Rational(0), lean: Rational(0))
    for k in 0..<classes {
      let hot = outcomes.map { Rational($0.label == k ? 1 : 0) }
      let soft = outcomes.map { $0.teacher[k] }
      let (y, t) = (mean(hot), mean(soft))
      moments.label = moments.label + mean(hot.map { ($0 - y) * ($0 - y) })
      moments.soft = moments.soft + mean(soft.map { ($0 - t) * ($0 - t) })
      moments.covariance = moments.covariance + mean(zip(soft, hot).map { ($0 - t) * ($1 - y) })
      moments.lean = moments.lean + (t - y) * (t - y)
    }
    return Moments(
      label: moments.label, softCovariance: moments.covariance, soft: moments.soft, lean: moments.lean)
  }

  private func mean(_ values: [Rational]) -> Rational {
    FiniteModel.sum(zip(outcomes, values).map { $0.probability * $1 })
  }

  /// Whether the teacher can help here: the cell counts, two labels occur in it, and a soft label that is not its label.
  public var isOpen: Bool {
    let possible = outcomes.filter { $0.probability.signum > 0 }
    return weight.signum > 0 && Set(possible.map(\.label)).count > 1
      && possible.contains { outcome in
        outcome.teacher.enumerated().contains { $1 != ($0 == outcome.label ? 1 : 0) }
      }
  }
}

extension FiniteModel {
  /// The Brier risk as a function of α, a parabola: constant + slope·α + curvature·α².
  public struct Risk: Sendable, Hashable {
    /// The risk without a teacher.
    public let constant: Rational
    /// dR/dα at 0.
    public let slope: Rational
    /// The factor of α², at least 0.
    public let curvature: Rational

    /// The risk at α.
    public func callAsFunction(_ alpha: Rational) -> Rational { constant + alpha * (slope + alpha * curvature) }

    /// Whether small α help.
    public var helpsForSmall: Bool { slope.signum < 0 }

    /// The α of least risk among 0 … 1.
    public var best: Rational {
      guard slope.signum < 0 else { return 0 }
      guard curvature.signum > 0 else { return 1 }
      let least = -slope / (2 * curvature)
      return least < 1 ? least : 1
    }

    /// The end of the α that help, nil where none does, beyond 1 where all do.
    public var windowEnd: Rational? {
      guard slope.signum < 0 else { return nil }
      return curvature.signum > 0 ? -slope / curvature : nil
    }
  }

  /// The risk: Σ w [var(y) + α²·lean + ((1 − α)² var(y) + 2α(1 − α) cov(t, y) + α² var(t))/rows].
  ///
  /// The mean of n uncorrelated rows has 1/n times the variance of one.
  public var risk: Risk {
    var (constant, slope, curvature) = (Rational(0), Rational(0), Rational(0))
    for cell in cells {
      let (m, w) = (cell.moments, cell.weight)
      let share = w / Rational(cell.rows)
      constant = constant + w * m.label + share * m.label
      slope = slope + 2 * share * (m.softCovariance - m.label)
      curvature = curvature + w * m.lean + share * (m.label - 2 * m.softCovariance + m.soft)
    }
    return Risk(constant: constant, slope: slope, curvature: curvature)
  }

  /// The largest difference between two soft labels that occur, over all cells: 0 where the teacher says the same whatever it sees.
  public var teacherRange: Rational {
    let possible = cells.flatMap(\.outcomes).filter { $0.probability.signum > 0 }
    return (0..<classes).map { k in
      let values = possible.map { $0.teacher[k] }
      return (values.max() ?? 0) - (values.min() ?? 0)
    }.max() ?? 0
  }
}
