// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation

/// What is decided of a distillation problem with one label, as signs.
public struct DistillationSigns: Sendable, Hashable {
  /// Whether Σ is positive definite; the other signs are 0 where it is not.
  public let isPositiveDefinite: Bool
  /// The sign of ΔI = I(t;s) − I(s;y); where t or s is constant, of what stays of it (see
  /// ``Distillation/ConditionalMoments/signOfDelta()``).
  public let delta: Int
  /// The sign of var(t) − var(y): a ≤ 1 where it is not positive.
  public let scale: Int
  /// The sign of c − σε²: distillation helps where it is negative.
  public let help: Int
  /// The sign of D = B + k(ση²−σε²): the window is bounded where it is positive.
  public let windowSign: Int

  /// Signs of a problem whose Σ is positive definite.
  @inlinable public init(delta: Int, scale: Int, help: Int, windowSign: Int) {
    (isPositiveDefinite, self.delta, self.scale, self.help, self.windowSign) = (true, delta, scale, help, windowSign)
  }

  private init() { (isPositiveDefinite, delta, scale, help, windowSign) = (false, 0, 0, 0, 0) }

  /// The verdict on a Σ that is not positive definite.
  public static let notPositiveDefinite = DistillationSigns()
}

extension ConditionalMoments where Number: SignedScalar {
  /// All signs of a verdict.
  ///
  /// - Throws: ``Undecided`` where one is not known.
  @inlinable public func signs(n: Int, p2: Int) throws(Undecided) -> DistillationSigns {
    DistillationSigns(
      delta: try signOfDelta(), scale: try signOfScale(), help: try signOfHelp(),
      windowSign: try RiskTerms(self, n: n, p2: p2).windowDivisor.sign())
  }
}
