// SPDX-License-Identifier: GPL-3.0-or-later
import CLAPACKE
import Foundation

/// The probabilities and the loss of a student at one place.
struct RowPoint {
  /// softmax z of all rows, and softmax(z/T) where there is a teacher, class after class.
  let probabilities, softened: [Double]
  /// F without the teacher's entropy.
  let value: Double
  /// The mean curvature of the losses by a logit.
  let curvature: Double
}

/// The losses of ``SoftmaxObjective`` in the logits of its rows, class after class.
struct RowLosses {
  let products: RowProducts
  let classCount: Int
  let weightDecay: Double
  /// The number of all rows, and of those that have a label, which come first.
  let rowCount: Int
  private let labelled: Int
  /// What is aimed at, 0 where there is no label.
  private let targets: [Double]

  init(_ objective: SoftmaxObjective, _ products: RowProducts) {
    (self.products, classCount, weightDecay) = (products, objective.classCount, objective.weightDecay)
    (rowCount, labelled) = (products.count, objective.labels.count)
    targets = Self.byClass(objective.targets.values, classes: objective.classCount, rows: products.count)
  }

  /// n · K.
  var size: Int { rowCount * classCount }
  private var share: Double { Double(rowCount) / Double(labelled) }

  /// Numbers of rows, row after row, as they lie here.
  func byClass(_ values: [Double]) -> [Double] { Self.byClass(values, classes: classCount, rows: rowCount) }

  private static func byClass(_ values: [Double], classes: Int, rows: Int) -> [Double] {
    var turned = [Double](repeating: 0, count: rows * classes)
    for i in 0..<values.count / classes { for k in 0..<classes { turned[k * rows + i] = values[i * classes + k] } }
    return turned
  }

  /// The same coefficients with logits computed anew.
  func renewed(_ weights: RowWeights) -> RowWeights {
    var own = weights
    own.logits = products(weights.coefficients)
    for k in 0..<classCount { for i in k * rowCount..<(k + 1) * rowCount { own.logits[i] += weights.biases[k] } }
    return own
  }

  func point(_ weights: RowWeights, _ term: DistillationTerm?, _ softLabels: [Double]) -> RowPoint {
    var (penalty, probabilities) = (0.0, weights.logits)
    for k in 0..<classCount {
      for i in k * rowCount..<(k + 1) * rowCount {
        penalty += weights.coefficients[i] * (weights.logits[i] - weights.biases[k])
      }
    }
    var spread = 0.0
    var value = softmax(&probabilities, targets, rows: labelled, scale: 1, &spread) / Double(labelled)
    value += weightDecay * penalty / 2
    var (softened, curvature) = ([Double](), spread / Double(labelled * classCount))
    if let term, term.weight > 0 {
      softened = weights.logits
      let cross = softmax(&softened, softLabels, rows: rowCount, scale: 1 / term.temperature, &spread)
      value += term.weight * term.temperature * term.temperature * cross / Double(rowCount)
      curvature += term.weight * spread / Double(size)
    }
    return RowPoint(probabilities: probabilities, softened: softened, value: value, curvature: curvature)
  }

  /// Turns logits into softmax(scale · z), and returns −Σ targets · log softmax(scale · z) and Σ p(1 − p) of the first rows.
  private func softmax(
    _ logits: inout [Double], _ targets: [Double], rows: Int, scale: Double, _ spread: inout Double
  ) -> Double {
    let n = rowCount
    var (sum, spreads) = (0.0, 0.0)
    var (greatest, total, aimed, mass) = (
      [Double](repeating: -.infinity, count: n), [Double](repeating: 0, count: n), [Double](repeating: 0, count: n),
      [Double](repeating: 0, count: n)
    )
    logits.withUnsafeMutableBufferPointer { z in
      targets.withUnsafeBufferPointer { y in
        greatest.withUnsafeMutableBufferPointer { greatest in
          total.withUnsafeMutableBufferPointer { total in
            aimed.withUnsafeMutableBufferPointer { aimed in
              mass.withUnsafeMutableBufferPointer { mass in
                for k in 0..<classCount { for i in 0..<n { greatest[i] = max(greatest[i], z[k * n + i]) } }
                for k in 0..<classCount {
                  for i in 0..<n {
                    let shifted = scale * (z[k * n + i] - greatest[i])
                    aimed[i] += y[k * n + i] * shifted
                    mass[i] += y[k * n + i]
                    let power = exp(shifted)
                    z[k * n + i] = power
                    total[i] += power
                  }
                }
                for i in 0..<rows { sum += mass[i] * log(total[i]) - aimed[i] }
                for i in 0..<n { total[i] = 1 / total[i] }
                for k in 0..<classCount {
                  for i in 0..<n { z[k * n + i] *= total[i] }
                  for i in k * n..<k * n + rows { spreads += z[i] * (1 - z[i]) }
                }
              }
            }
          }
        }
      }
    }
    spread = spreads
    return sum
  }

  /// The residual ρ of a gradient Xᵀρ, and its part by the biases.
  func residual(
    _ weights: RowWeights, _ point: RowPoint, _ term: DistillationTerm?, _ softLabels: [Double]
  ) -> RowResidual {
    let n = rowCount
    var (rows, biases) = ([Double](repeating: 0, count: size), [Double](repeating: 0, count: classCount))
    let (own, factor) = (share / Double(n), (term?.weight ?? 0) * (term?.temperature ?? 0) / Double(n))
    for k in 0..<classCount {
      for i in k * n..<k * n + labelled { rows[i] = own * (point.probabilities[i] - targets[i]) }
      if factor > 0 { for i in k * n..<(k + 1) * n { rows[i] += factor * (point.softened[i] - softLabels[i]) } }
      for i in k * n..<(k + 1) * n {
        biases[k] += rows[i]
        rows[i] += weightDecay * weights.coefficients[i]
      }
    }
    return RowResidual(rows: rows, biases: biases)
  }

  /// What the curvature of the mean loss makes of a change of the logits, a part of which is the same for all rows.
  func curvature(_ change: [Double], _ ofBiases: [Double], _ point: RowPoint, _ term: DistillationTerm?) -> RowResidual
  {
    let (n, lambda) = (rowCount, term?.weight ?? 0)
    var (rows, biases) = ([Double](repeating: 0, count: size), [Double](repeating: 0, count: classCount))
    var means = [Double](repeating: 0, count: n)
    func add(
      _ p: UnsafeBufferPointer<Double>, rows count: Int, _ factor: Double, _ out: UnsafeMutableBufferPointer<Double>
    ) {
      change.withUnsafeBufferPointer { a in
        means.withUnsafeMutableBufferPointer { means in
          for i in 0..<count { means[i] = 0 }
          for k in 0..<classCount {
            for i in 0..<count { means[i] += p[k * n + i] * (a[k * n + i] + ofBiases[k]) }
          }
          for k in 0..<classCount {
            for i in 0..<count {
              out[k * n + i] += factor * p[k * n + i] * (a[k * n + i] + ofBiases[k] - means[i])
            }
          }
        }
      }
    }
    rows.withUnsafeMutableBufferPointer { out in
      point.probabilities.withUnsafeBufferPointer { add($0, rows: labelled, share / Double(n), out) }
      if lambda > 0 { point.softened.withUnsafeBufferPointer { add($0, rows: n, lambda / Double(n), out) } }
      for k in 0..<classCount { for i in k * n..<(k + 1) * n { biases[k] += out[i] } }
    }
    return RowResidual(rows: rows, biases: biases)
  }
}
