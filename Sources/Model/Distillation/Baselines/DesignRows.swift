// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// Least squares on given rows of x2, whose residual moments may differ from row to row (q = 1).
public struct DesignRows: Sendable {
  /// S⁻¹Xᵀ, p2 × rows: the weights are it times the labels.
  public let fit: RationalMatrix
  /// ℓᵢ = xᵢᵀS⁻¹Σ22S⁻¹xᵢ, what the residual of each row counts for.
  public let leverages: [Rational]
  /// The residual moments of each row.
  public let moments: [RowMoments]
  private let inputs: RationalMatrix
  private let mismatch: Rational

  /// The rows of the design of `instance`, of which `moments` are those of all rows where none are given; nil without a
  /// design.
  public init?(_ instance: Instance, _ moments: Moments) {
    guard let design = instance.extras.design, instance.q == 1,
      let fit = try? (design.transposed * design).solve(design.transposed)
    else { return nil }
    let common = RowMoments(
      y: moments.residualVariance, ty: moments.residualCovariance, t: moments.teacherResidualVariance)
    (self.fit, inputs, mismatch) = (fit, instance.sigma.selecting(instance.x2), moments.mismatch)
    self.moments = instance.extras.rowMoments ?? [RowMoments](repeating: common, count: design.rows)
    let weighted = inputs * fit
    leverages = (0..<design.rows).map { row in
      (0..<fit.rows).reduce(0) { $0 + fit[$1, row] * weighted[$1, row] }
    }
  }

  /// Σℓᵢ(cᵢ − σᵢ²), half of the slope of the excess risk in α at 0.
  public var halfSlope: Rational { zip(leverages, moments).reduce(0) { $0 + $1.0 * ($1.1.ty - $1.1.y) } }

  /// The mean over the rows of cᵢ − σᵢ².
  public var meanSlack: Rational {
    moments.reduce(0) { $0 + $1.ty - $1.y } / Rational(moments.count)
  }

  /// The excess risk at the mixing weight α, by matrices: α²B + tr(Σ22·M·D·Mᵀ), D the residual variances of the mixed labels.
  public func excess(_ alpha: Rational) -> Rational {
    let rest = 1 - alpha
    let spread = moments.map { rest.squared * $0.y + 2 * rest * alpha * $0.ty + alpha.squared * $0.t }
    let scaled = RationalMatrix(rows: fit.rows, columns: fit.columns) { fit[$0, $1] * spread[$1] }
    return alpha.squared * mismatch + (inputs * (scaled * fit.transposed)).trace
  }
}
