import Distillation
import ExactAlgebra

/// The numbers that the risk and all that follows from it are made of, in floating point, each open to a mistake.
struct RiskCase: Sendable {
  /// Sizes.
  var p1, p2, q, n: Double
  /// λ; 0 where the operation has none.
  var lambda: Double
  /// σε², ση², c and B.
  var noise, teacherNoise, c, mismatch: Double
  /// var(t), var(y), cov(t, y).
  let varT, varY, covTY: Double
  /// B with the identity in place of Σ22.
  let plainMismatch: Double
  /// The same numbers for each output alone.
  let outputs: [(noise: Double, teacherNoise: Double, c: Double, mismatch: Double)]
  /// k.
  var k: Double

  /// The right numbers of a question.
  init(_ question: Question) throws {
    let instance = try question.instance(withRows: true)
    let m = Moments(instance)
    (p1, p2, q, n) = (Double(instance.p1), Double(instance.p2), Double(instance.q), Double(instance.n ?? 0))
    lambda = (try? question.lambda())?.asDouble ?? 0
    (noise, teacherNoise) = (m.residualVariance.asDouble, m.teacherResidualVariance.asDouble)
    (c, mismatch) = (m.c.asDouble, m.mismatch.asDouble)
    (varT, varY, covTY) = (m.varT.asDouble, m.varY.asDouble, m.covTY.asDouble)
    outputs = (0..<instance.q).map { j in
      let o = m.output(j)
      return (
        o.residualVariance.asDouble, o.teacherResidualVariance.asDouble, o.c.asDouble, o.mismatch.asDouble
      )
    }
    k = p2 / (n - p2 - 1)
    let (x1, x2, y) = (Array(instance.x1), Array(instance.x2), Array(instance.y))
    let right =
      instance.sigma.selecting(rows: x2, columns: x1) * instance.w1 - instance.sigma.selecting(rows: x2, columns: y)
    let difference = try instance.sigma.selecting(x2).solve(right)
    plainMismatch = difference.values.joined().reduce(0) { $0 + $1.asDouble * $1.asDouble }
  }

  /// D = B + k(ση² − σε²).
  var d: Double { mismatch + k * (teacherNoise - noise) }
  /// The numerator of R(λ) − σε² over (1+λ)².
  var numerator: Double { lambda * lambda * mismatch + k * (noise + 2 * lambda * c + lambda * lambda * teacherNoise) }
  var risk: Double {
    let (rest, alpha) = (1 / (1 + lambda), lambda.isFinite ? lambda / (1 + lambda) : 1)
    let variance = rest * rest * noise + 2 * rest * alpha * c + alpha * alpha * teacherNoise
    return noise + alpha * alpha * mismatch + k * variance
  }

  /// The output of one of the operations from these numbers.
  func output(_ operation: Operation) -> FormulaOutput? {
    switch operation {
    case .distillationRisk: return .number("risk", risk)
    case .baselineRisk: return .number("risk", noise * (1 + k))
    case .riskSlope: return .number("slope", 2 * k * (c - noise))
    case .helpsForSmallLambda: return .verdict(c < noise)
    case .window:
      if c >= noise { return .empty }
      return d > 0 ? .numbers(["lower": 0, "upper": 2 * k * (noise - c) / d]) : .infinite("upper")
    case .bestLambda:
      if c >= noise { return .numbers(["lambda": 0]) }
      let bottom = mismatch + k * (teacherNoise - c)
      return bottom > 0 ? .number("lambda", k * (noise - c) / bottom) : .infinite("lambda")
    default: return nil
    }
  }
}
