// SPDX-License-Identifier: GPL-3.0-or-later
import Claims

/// Why a part of a statement has no value on an instance.
enum Undefined: Error, Equatable, CustomStringConvertible {
  /// A condition that the instance does not meet.
  case unmet(Assumption)
  /// A division by 0, or ln of what is not positive.
  case division
  case logarithm
  /// A root of a negative number.
  case root
  /// Images that are linearly dependent, or a zero variance: no finite information, no correlation.
  case degenerate
  /// Vectors where scalars are needed, or of different sizes, or no such coordinate.
  case shape
  /// What is infinite where a number is needed.
  case infinite
  /// More different roots in one sum than are decided.
  case tooManyRoots
  /// A comparison of informations that enclosures could not part.
  case undecided
  /// A polynomial in a quantifier's variable of too high a degree.
  case degree
  /// A sum of more terms than are added.
  case tooManyTerms
  /// A number of combinations of what cannot be counted.
  case binomial

  var description: String {
    switch self {
    case .unmet(let assumption): "needs \(assumption.rawValue)"
    case .division: "a division by 0"
    case .logarithm: "ln of what is not positive"
    case .root: "a root of a negative number"
    case .degenerate: "images that are linearly dependent"
    case .shape: "vectors of unequal sizes, or no such coordinate"
    case .infinite: "what is infinite"
    case .tooManyRoots: "more than \(RootSum.mostRoots) different roots"
    case .undecided: "undecided at \(LogSum.mostDigits) digits"
    case .degree: "a polynomial of too high a degree"
    case .tooManyTerms: "a sum of more than \(Evaluator.mostTerms) terms"
    case .binomial: "a binomial of what is no whole number from 0 to 10,000"
    }
  }
}
