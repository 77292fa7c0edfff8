// SPDX-License-Identifier: GPL-3.0-or-later
import CLAPACKE
import Distillation

/// The best combination of several teachers: the student is trained on (1 − Σb)y + Σ bⱼtⱼ, weights of either sign.
///
/// The closed form of `TeacherEnsemble`, with the noise of the fits taken away: B̄ of a sample exceeds the population's by kV̄ on average, so that
/// in directions in which it is smaller than that B̄ counts as 0. Weights and gains are those of the sample, in double precision.
public struct TeacherCombination: Sendable, Equatable {
  /// The weights of the teachers, in the order of the candidates; the label has what is left of 1.
  public let weights: [Double]
  /// What they gain over R0, as a share of R0.
  public let share: Double
  /// What the best single teacher gains at its best weight from 0 to 1, of the same form, as a share of R0.
  public let shareOfBestSingle: Double
  /// Which one that is.
  public let bestSingle: Int
  /// The combination against the best single teacher on held-out folds, both chosen and weighted on the training folds; nil where folds are
  /// too small or singular.
  public internal(set) var heldOut: HeldOutCheck?

  /// The combination in a sample; nil where a prediction is not surely independent of the others.
  ///
  /// - Parameters:
  ///   - k: p2/(n−p2−1) for the student's rows.
  init?(_ sample: SampleMoments, teachers: [[Int]], student: [Int], label: Int, sampleK: Double, k: Double) {
    guard let system = TeacherSystem(sample, teachers: teachers, student: student, label: label) else { return nil }
    self.init(system, sampleK: sampleK, k: k)
  }

  init?(_ system: TeacherSystem, sampleK: Double, k: Double) {
    guard let form = system.form(sampleK: sampleK, k: k) else { return nil }
    let pull = system.slack.map { k * $0 }
    let base = system.residualVariance * (1 + k)
    weights = form.solve(pull)
    share = dot(pull, weights) / base
    let singles = pull.indices.map { index in
      let curvature = form.diagonal(index)
      let weight = min(1, max(0, pull[index] / curvature))
      return weight * (2 * pull[index] - weight * curvature) / base
    }
    var best = 0
    for index in singles.indices where singles[index] > singles[best] { best = index }
    (bestSingle, shareOfBestSingle) = (best, singles[best])
    singleWeight = min(1, max(0, pull[best] / form.diagonal(best)))
  }

  /// The weight of the best single teacher.
  let singleWeight: Double
}

/// Several teachers and the label, before and after conditioning on the student's inputs.
struct TeacherSystem {
  /// The weights of each least-squares teacher.
  let teachers: [Combination]
  /// σε² = var(y | x2).
  let residualVariance: Double
  /// σε² − cⱼ.
  let slack: [Double]
  /// B̄ and V̄ row by row: the covariances of tᵢ−y and tⱼ−y that x2 explains, and that it does not.
  private let explained, residual: [Double]

  init?(_ sample: SampleMoments, teachers places: [[Int]], student: [Int], label: Int) {
    let d = sample.means.count
    guard let view = sample.factor(student) else { return nil }
    var teachers: [Combination] = []
    for teacher in places {
      guard let inputs = sample.factor(teacher) else { return nil }
      teachers.append(Combination(teacher, inputs.solve(teacher.map { sample.covariance[$0 * d + label] })))
    }
    let all = teachers + [Combination([label], [1])]
    let seen = all.map { t in view.forward(student.map { sample.covariance(Combination([$0], [1]), t) }) }
    let r = teachers.count
    func total(_ i: Int, _ j: Int) -> Double { sample.covariance(all[i], all[j]) }
    func known(_ i: Int, _ j: Int) -> Double { dot(seen[i], seen[j]) }
    func difference(_ m: (Int, Int) -> Double, _ i: Int, _ j: Int) -> Double { m(i, j) - m(i, r) - m(r, j) + m(r, r) }
    var (explained, residual) = ([Double](repeating: 0, count: r * r), [Double](repeating: 0, count: r * r))
    for i in 0..<r {
      for j in 0..<r {
        explained[i * r + j] = difference(known, i, j)
        residual[i * r + j] = difference({ total($0, $1) - known($0, $1) }, i, j)
      }
    }
    residualVariance = total(r, r) - known(r, r)
    guard residualVariance > 0 else { return nil }
    let left = residualVariance
    slack = (0..<r).map { left - (total($0, r) - known($0, r)) }
    (self.teachers, self.explained, self.residual) = (teachers, explained, residual)
    // Where a prediction is a combination of the others, V̄ has a direction of rounding noise only.
    let noise = sample.share(ofRounding: d + r) * 1e3
    guard TeacherSystem.isPositive(residual, size: r, noise: noise) else { return nil }
  }

  /// Whether a symmetric matrix, scaled to a unit diagonal, is positive definite by more than `noise`.
  private static func isPositive(_ matrix: [Double], size: Int, noise: Double) -> Bool {
    var scaled = [Double](repeating: 0, count: size * size)
    for i in 0..<size {
      guard matrix[i * size + i] > 0 else { return false }
      for j in 0..<size {
        scaled[i * size + j] =
          matrix[i * size + j] / (matrix[i * size + i] * matrix[j * size + j]).squareRoot() - (i == j ? noise : 0)
      }
    }
    let lower = CChar(UInt8(ascii: "L"))
    return LAPACKE_dpotrf(LAPACK_ROW_MAJOR, lower, Int32(size), &scaled, Int32(size)) == 0
  }

  /// B̄ + kV̄ with B̄ freed of kV̄ of the sample's k: in the basis in which V̄ is 1 and B̄ diagonal.
  func form(sampleK: Double, k: Double) -> CombinationForm? {
    let r = slack.count
    var (vectors, metric, values) = (explained, residual, [Double](repeating: 0, count: r))
    let status = LAPACKE_dsygv(
      LAPACK_ROW_MAJOR, 1, CChar(UInt8(ascii: "V")), CChar(UInt8(ascii: "L")), Int32(r), &vectors, Int32(r), &metric,
      Int32(r), &values)
    guard status == 0 else { return nil }
    let freed = values.map { max(0, $0 - sampleK) + k }
    // F = V̄X·diag(freed)·XᵀV̄ with XᵀV̄X = 1; F⁻¹ = X·diag(1/freed)·Xᵀ.
    let diagonal = (0..<r).map { index in
      (0..<r).reduce(0.0) { sum, column in
        let entry = (0..<r).reduce(0.0) { $0 + residual[index * r + $1] * vectors[$1 * r + column] }
        return sum + freed[column] * entry * entry
      }
    }
    return CombinationForm(vectors: vectors, values: freed, diagonals: diagonal)
  }
}

/// The quadratic form of the risk in the weights of several teachers.
struct CombinationForm {
  fileprivate let vectors, values, diagonals: [Double]

  /// F⁻¹b.
  func solve(_ b: [Double]) -> [Double] {
    let r = b.count
    let inner = (0..<r).map { column in
      (0..<r).reduce(0.0) { $0 + vectors[$1 * r + column] * b[$1] } / values[column]
    }
    return (0..<r).map { row in (0..<r).reduce(0.0) { $0 + vectors[row * r + $1] * inner[$1] } }
  }

  /// Fⱼⱼ.
  func diagonal(_ index: Int) -> Double { diagonals[index] }
}

extension HeldOutCheck {
  /// Checks the combination of all teachers against the best single one.
  init?(_ groups: GramGroups, combining teachers: [[Int]], student: [Int]) {
    let (d, label) = (groups.columns, groups.columns - 1)
    self.init(groups) { training, heldOut in
      let k = Double(student.count) / (training.rows - Double(student.count) - 1)
      guard training.rows > Double((teachers.map(\.count).max() ?? 0) + 2), k > 0,
        let system = TeacherSystem(training, teachers: teachers, student: student, label: label),
        let own = TeacherCombination(system, sampleK: k, k: k), let view = training.factor(student)
      else { return nil }
      /// The student of targets (1 − Σb)y + Σ bⱼtⱼ.
      func error(_ b: [Double]) -> Double {
        let rest = 1 - b.reduce(0, +)
        let target = student.map { row in
          let label = rest * training.covariance[row * d + label]
          return zip(b, system.teachers).reduce(label) {
            $0 + $1.0 * training.covariance(Combination([row], [1]), $1.1)
          }
        }
        let weights = view.solve(target)
        let intercept = training.means[label] - dot(weights, student.map { training.means[$0] })
        return heldOut.meanSquare(weights: weights, at: student, intercept: intercept, label: label)
      }
      let single = teachers.indices.map { $0 == own.bestSingle ? own.singleWeight : 0 }
      return Fold(without: error(single), with: error(own.weights), isDistilled: own.weights.contains { $0 != 0 })
    }
  }
}
