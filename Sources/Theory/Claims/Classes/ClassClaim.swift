// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra

/// One statement about distillation between classes, decidable exactly on every finite model.
public protocol ClassClaim: ListedClaim {
  /// What the statement supposes.
  func premise(_ model: FiniteModel) -> Bool
  /// What the statement concludes.
  func conclusion(_ model: FiniteModel) -> Bool
  /// How far the conclusion is from its boundary: negative only where it fails, 0 on the boundary.
  func margin(_ model: FiniteModel) -> Rational
  /// The exact numbers that the premise and the conclusion compare.
  func quantities(_ model: FiniteModel) -> Quantities
}

extension ClassClaim {
  /// That the model is one.
  public var conditions: [String] { ["finitely many cells and outcomes"] }

  /// `classes`.
  public var certificateFolder: String { "classes" }

  /// Everything that the claim says about a model.
  public func evaluate(_ model: FiniteModel) -> ClaimVerdict {
    ClaimVerdict(
      hypothesis: premise(model), conclusion: conclusion(model), margin: margin(model), unmet: nil)
  }
}

/// The claims about classes, the true ones first.
public let classClaims: [any ClassClaim] = [SoftLabels(), LabelSmoothingInforms()]

/// Every claim of either kind, in the order in which they are listed.
public let listedClaims: [any ListedClaim] = allClaims + classClaims

/// The claim about classes called `id`; nil where there is none.
public func classClaim(_ id: String) -> (any ClassClaim)? { classClaims.first { $0.id == id } }
