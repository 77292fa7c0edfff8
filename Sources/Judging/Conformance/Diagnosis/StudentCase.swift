// SPDX-License-Identifier: GPL-3.0-or-later
import Distillation
import ExactAlgebra
import Oracle

/// The numbers that the operations on tuned students, further rows and other teachers are made of, in floating point, each open
/// to a mistake.
struct StudentCase: Sendable {
  /// Sizes; n, m and N are 0 where the operation has none.
  let p1, p2, q: Double
  var n, m, teacherRows: Double
  /// Whether the joint teacher was fitted to rows of its own.
  var isFitted: Bool
  /// λ, μ, and what the label's weight is at λ.
  var lambda, ridge: Double
  /// k of n rows, and of n+m.
  var k, kAll: Double
  /// A = var(s), G = cov(t,s), var(vᵀx2), σε², c and ση².
  var varS, covTS, view: Double
  var noise, both, teacherResidualVariance: Double
  /// var(y | x1, x2).
  var fullNoise: Double
  /// var(y | x1).
  let noiseGivenTeacher: Double
  /// What the label has of the weight, and the teacher.
  var rest, alpha: Double
  /// var(t), cov(t,y), var(y).
  let varT, covTY, varY: Double
  /// B̄, V̄ and σε² − cⱼ of the two teachers, in order: 11, 12, 22.
  var mismatches, differences, slacks: [Double]
  /// The same case of the first output alone.
  private let first: [Double]

  init(_ operation: OracleOperation, _ question: OracleInput) throws {
    let instance = try question.instance(of: operation)
    let moments = Moments(instance)
    let (own, joint) = (moments.traces, JointTeacher(instance, moments))
    (p1, p2, q) = (Double(instance.p1), Double(instance.p2), Double(instance.q))
    (n, m) = (Double(instance.n ?? instance.p2 + 2), Double(instance.extras.unlabelled ?? 0))
    (teacherRows, isFitted) = (Double(instance.extras.teacherRows ?? 0), instance.extras.teacherRows != nil)
    (lambda, ridge) = ((try? question.lambda())?.asDouble ?? 0, instance.extras.ridge?.asDouble ?? 0)
    (k, kAll) = (p2 / (n - p2 - 1), p2 / (n + m - p2 - 1))
    (varS, covTS, view) = (own.varS.asDouble, own.covTS.asDouble, own.explainedTeacherVariance.asDouble)
    (noise, both) = (own.residualVariance.asDouble, own.residualCovariance.asDouble)
    teacherResidualVariance = own.teacherResidualVariance.asDouble
    fullNoise = joint.fullResidualVariance.asDouble
    let seen = instance.sigma.selecting(Array(instance.x1) + Array(instance.y))
    noiseGivenTeacher = Elimination(seen, steps: instance.p1).schurComplement?.trace.asDouble ?? .nan
    (rest, alpha) = (1 / (1 + lambda), lambda / (1 + lambda))
    (varT, covTY, varY) = (own.varT.asDouble, own.covTY.asDouble, own.varY.asDouble)
    let one = moments.output(0).traces
    let full = Elimination(instance.sigma, steps: instance.p1 + instance.p2).schurComplement?[0, 0] ?? 0
    first = [
      one.varS, one.covTS, one.explainedTeacherVariance, one.residualVariance, one.residualCovariance,
      one.teacherResidualVariance, full,
    ].map(\.asDouble)
    (mismatches, differences, slacks) = ([], [], [])
    guard let second = instance.extras.secondTeacher else { return }
    let least = instance.p2 + 2
    // The form is B̄ + kV̄: two k give both.
    let (a, b) = (
      TeacherEnsemble(instance, [instance.w1, second], n: least),
      TeacherEnsemble(instance, [instance.w1, second], n: least + 1)
    )
    let gap = Rational(instance.p2) - Rational(instance.p2, 2)
    for (i, j) in [(0, 0), (0, 1), (1, 1)] {
      let v = (a.form[i, j] - b.form[i, j]) / gap
      differences.append(v.asDouble)
      mismatches.append((a.form[i, j] - Rational(instance.p2) * v).asDouble)
    }
    slacks = (0..<2).map { (a.pull[$0, 0] / Rational(instance.p2)).asDouble }
  }

  /// Only the first output counts.
  mutating func takeFirstOutput() {
    (varS, covTS, view, noise) = (first[0], first[1], first[2], first[3])
    (both, teacherResidualVariance, fullNoise) = (first[4], first[5], first[6])
  }

  /// Every sum over the outputs is a mean.
  mutating func takeMeans() {
    for part in [\StudentCase.varS, \.covTS, \.view, \.noise, \.both, \.teacherResidualVariance, \.fullNoise] {
      self[keyPath: part] /= q
    }
  }

  // MARK: What follows

  /// B.
  var mismatch: Double { view - 2 * covTS + varS }
  /// cov(t,s)σε² − var(s)c.
  var alignment: Double { covTS * noise - varS * both }
  /// σε² − σ1².
  var signal: Double { noise - fullNoise }

  /// The student of least squares.
  var student: LinearStudent<Double> { student(mean: 1, noises: (k, k, k)) }

  func student(mean: Double, noises: (Double, Double, Double)) -> LinearStudent<Double> {
    LinearStudent(
      atZero: varS, labelPull: mean * varS, teacherPull: mean * covTS,
      labelSquare: mean * mean * varS + noises.0 * noise, product: mean * mean * covTS + noises.1 * both,
      teacherSquare: mean * mean * view + noises.2 * teacherResidualVariance)
  }

  /// σε² + B and the noise of the mixed fits, of any k.
  func mixedRisk(_ own: Double, _ shared: Double, _ teacher: Double) -> Double {
    noise + alpha * alpha * mismatch
      + (rest * rest * own * noise + 2 * rest * alpha * shared * both + alpha * alpha * teacher
        * teacherResidualVariance)
  }

  /// The risk by the joint teacher: `spread` is α²(B + kση²) of its errors, of which `unit` is σ1²K.
  func jointRisk(_ spread: (Double) -> Double) -> Double {
    let unit = isFitted ? fullNoise / (teacherRows - p1 - p2 - 1) : 0
    return noise + k * (rest * rest * noise + (2 * rest * alpha + alpha * alpha) * signal)
      + (isFitted ? spread(unit) : 0)
  }

  /// The risk of pseudo-labels, of this κ.
  func pseudoRisk(_ kappa: Double) -> Double {
    noise * (1 + k) - (k - kAll) * ((2 * alpha - alpha * alpha) * signal - alpha * alpha * kappa)
  }

  var kappa: Double { fullNoise * p1 / (n - p1 - p2 - 1) }

  /// The risk of ridge that keeps this share, of this noise.
  func ridgeRisk(_ kept: Double, _ spread: Double) -> Double {
    let lost = 1 - kept
    let bias = lost * lost * varS - 2 * lost * kept * alpha * (covTS - varS) + kept * kept * alpha * alpha * mismatch
    return noise + bias
      + spread * (rest * rest * noise + 2 * rest * alpha * both + alpha * alpha * teacherResidualVariance)
  }

  var kept: Double { n / (n + ridge) }

  /// Fb = g for the form of these entries and this right side, and gᵀb.
  func ensemble(_ form: [Double], _ pull: [Double]) -> (weights: [Double], gain: Double) {
    let determinant = form[0] * form[2] - form[1] * form[1]
    let b = [
      (pull[0] * form[2] - pull[1] * form[1]) / determinant, (pull[1] * form[0] - pull[0] * form[1]) / determinant,
    ]
    return (b, pull[0] * b[0] + pull[1] * b[1])
  }

  var form: [Double] { zip(mismatches, differences).map { $0 + k * $1 } }
  var pull: [Double] { slacks.map { k * $0 } }

  /// 2(σε²−c) − λ(ση²−σε²).
  var saved: Double { 2 * (noise - both) - lambda * (teacherResidualVariance - noise) }

  /// The output of one of the operations from these numbers.
  func output(_ operation: OracleOperation) -> FormulaOutput? {
    switch operation {
    case .tunedHelps: return .verdict(alignment > 0)
    case .tunedGain: return .number("gain", student.tunedGain)
    case .unlabelledRisk: return .number("risk", mixedRisk(k, kAll, kAll))
    case .pseudoLabelRisk: return .number("risk", pseudoRisk(kappa))
    case .jointTeacherRisk: return .number("risk", jointRisk { alpha * alpha * $0 * (p2 + k * p1) })
    case .ridgeRisk: return .number("risk", ridgeRisk(kept, kept * kept * p2 / n))
    case .ensembleWeights: return .weights(ensemble(form, pull))
    case .crossover:
      return mismatch > 0 ? .number("n", p2 + 1 + p2 * saved / (lambda * mismatch)) : nil
    default: return nil
    }
  }
}

extension FormulaOutput {
  /// The output of `ensemble_weights`.
  static func weights(_ answer: (weights: [Double], gain: Double)) -> FormulaOutput {
    var numbers: [OutputPlace: Double] = ["gain": answer.gain]
    for (place, weight) in answer.weights.enumerated() { numbers[OutputPlace("weights", place)] = weight }
    return .numbers(numbers)
  }
}
