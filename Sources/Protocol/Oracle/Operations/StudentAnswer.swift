// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

extension ExactOracle {
  /// ŵ(λ) = (X2ᵀX2)⁻¹X2ᵀ(y + λt)/(1+λ), without an intercept; `y` and `t` may have q columns.
  static func fitStudent(_ question: OracleInput) throws(Refusal) -> OracleAnswer {
    let lambda = try question.lambda()
    let x2 = try question.matrix("x2", allowingColumn: true)
    let y = try question.matrix("y", allowingColumn: true)
    let t = try question.matrix("t", allowingColumn: true)
    guard y.rows == x2.rows, t.rows == x2.rows, t.columns == y.columns else {
      throw Refusal(
        .sizes,
        "x2 has \(x2.rows) rows, y is \(y.rows)×\(y.columns) and t is \(t.rows)×\(t.columns); they need as many rows "
          + "and y and t as many columns")
    }
    for (name, matrix) in [("x2", x2), ("y", y)] where matrix.columns < 1 {
      throw Refusal(.sizes, "\(name) has no columns; it needs at least 1")
    }
    let targets = (1 / (1 + lambda)) * (y + lambda * t)
    let gram = x2.transposed * x2
    guard x2.columns <= x2.rows, let w = try? gram.solve(x2.transposed * targets) else {
      throw Refusal(.dependentColumns, "the columns of x2 are linearly dependent; leave out or add rows")
    }
    let isColumn = w.columns == 1
    return OracleAnswer([.init(.student, isColumn ? .vector((0..<w.rows).map { w[$0, 0] }) : .matrix(w))])
  }
}
