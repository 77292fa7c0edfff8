// SPDX-License-Identifier: GPL-3.0-or-later
import Claims
import Distillation
import ExactAlgebra
import ExactJSON

/// A place on the way from the case that was found to the counterexample that is reported.
public struct HuntStep: Sendable, Equatable {
  /// What led there.
  public enum Way: String, Sendable, CaseIterable {
    /// The search: the first violation.
    case found
    /// A step of shrinking on the choices that drew it.
    case choices
    /// Predictions in the place of modalities, and without the coordinates that can be spared.
    case coordinates
    /// Entries rounded to few digits.
    case rounding
    /// A step of shrinking on the entries of Σ.
    case entries
    /// A random walk over the entries of Σ.
    case walk
    /// All smaller ones, one after the other.
    case exhaustive
  }

  /// What led there.
  public let way: Way
  /// The coordinates of Σ, of both where there are two; of classes, the outcomes of all cells.
  public let size: Int
  /// The sum of |numerator| + denominator − 1 over all numbers: how much there is to read.
  public let numbers: Rational

  init(_ way: Way, _ instance: Instance) {
    (self.way, size, numbers) = (way, instance.complexity.size, instance.complexity.sum)
  }

  init(_ way: Way, _ model: FiniteModel) {
    self.way = way
    size = model.cells.reduce(0) { $0 + $1.outcomes.count }
    let all = model.cells.flatMap { cell in
      [cell.weight, Rational(cell.rows)] + cell.outcomes.flatMap { [$0.probability, Rational($0.label)] + $0.teacher }
    }
    numbers = all.reduce(0) { $0 + $1.numbersToRead }
  }

  /// The step as documents have it.
  public var document: JSONValue {
    ["by": .string(way.rawValue), "size": JSONValue(size), "numbers": JSONValue(numbers)]
  }

  /// Reads what ``document`` wrote.
  ///
  /// - Throws: `JSONShapeError` that names the place.
  init(document: JSONReader) throws(JSONShapeError) {
    let by = try document.required("by")
    guard let way = Way(rawValue: try by.string()) else { throw by.failure("no step of a hunt is called so") }
    (self.way, size) = (way, try document.required("size").integer())
    numbers = try document.required("numbers").rational()
  }
}
