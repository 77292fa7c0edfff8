// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import Foundation

/// Estimates freed of their bias of order p/n, with their covariance: the jackknife over groups of rows.
///
/// The bootstrap adds to the bias of an information its own of the same order (at 32 + 32 columns of 500 rows all resamples lie
/// above the estimate); leaving out a group changes it little and takes it away. For groups of different sizes: Busing,
/// Meijer & van der Leeden (1999).
struct Jackknife {
  /// The corrected estimates.
  private(set) var estimates: [Double]
  /// Their covariance, row by row, from the pseudo-values.
  private(set) var covariance: [[Double]]
  /// The degrees of freedom of each estimated variance (Satterthwaite), by the kurtosis of its pseudo-values: few where few
  /// rows decide.
  let degrees: [Double]

  /// From the estimates `whole` of all rows and those without each group.
  ///
  /// - Parameter rows: of all, and without each group.
  init(whole: [Double], without: [[Double]], rows: (whole: Int, without: [Int])) {
    let (groups, n) = (Double(without.count), Double(rows.whole))
    var corrected = whole.map { groups * $0 }
    for (values, left) in zip(without, rows.without) {
      for index in whole.indices { corrected[index] -= Double(left) / n * values[index] }
    }
    let size = whole.count
    var covariance = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
    var (squares, fourths) = ([Double](repeating: 0, count: size), [Double](repeating: 0, count: size))
    for (values, left) in zip(without, rows.without) {
      let share = n / (n - Double(left))
      let deviations = whole.indices.map { share * whole[$0] - (share - 1) * values[$0] - corrected[$0] }
      for i in 0..<size {
        for j in 0..<size { covariance[i][j] += deviations[i] * deviations[j] / (share - 1) / groups }
        let square = deviations[i] * deviations[i]
        squares[i] += square
        fourths[i] += square * square
      }
    }
    (estimates, self.covariance) = (corrected, covariance)
    degrees = (0..<size).map { index in
      guard squares[index] > 0 else { return groups }
      let kurtosis = groups * fourths[index] / (squares[index] * squares[index])
      return max(2, 2 * groups / max(1.5, kurtosis - 1))
    }
  }

  /// Puts another estimate in the place of one, and a floor under its variance.
  mutating func replace(_ index: Int, estimate: Double, leastVariance: Double = 0) {
    estimates[index] = estimate
    covariance[index][index] = max(covariance[index][index], leastVariance)
  }

  /// The half width of the interval of one estimate in standard errors.
  func quantile(_ index: Int, level: Double) -> Double { gsl_cdf_tdist_Pinv(0.5 + level / 2, degrees[index]) }

  /// The ends of an interval of one estimate.
  func interval(_ index: Int, level: Double) -> (lower: Double, upper: Double) {
    let half = quantile(index, level: level) * covariance[index][index].squareRoot()
    return (estimates[index] - half, estimates[index] + half)
  }

  /// The least and the largest value of `quantity` where the estimates of `indices` are within the ellipsoid of that level.
  ///
  /// Each linear function of them has its t-interval there, so that a quotient has Fieller's; and a function of them the
  /// interval that is linear in it where they vary little.
  @inline(never) func range(_ indices: [Int], level: Double, _ quantity: ([Double]) -> Double) -> (
    lower: Double, upper: Double
  ) {
    let radius = indices.map { quantile($0, level: level) }.max() ?? 0
    let factor = Jackknife.factor(indices.map { i in indices.map { covariance[i][$0] } })
    let centre = indices.map { estimates[$0] }
    @inline(never) func value(_ direction: [Double]) -> Double {
      let length = dot(direction, direction).squareRoot()
      var point = centre
      for row in point.indices {
        for column in 0...row { point[row] += radius / length * factor[row][column] * direction[column] }
      }
      return quantity(point)
    }
    let values = Jackknife.directions[indices.count].map { ($0, value($0)) }
    /// The best of the directions, bettered step by step.
    func end(_ isBetter: (Double, Double) -> Bool) -> Double {
      var best = values[0]
      for candidate in values where isBetter(candidate.1, best.1) { best = candidate }
      var step = 0.2
      while step > 1e-5 {
        for axis in centre.indices {
          for move in [step, -step] {
            var direction = best.0
            direction[axis] += move
            let moved = value(direction)
            if isBetter(moved, best.1) { best = (direction, moved) }
          }
        }
        step /= 2
      }
      let inside = quantity(centre)
      return isBetter(inside, best.1) ? inside : best.1
    }
    return (end(<), end(>))
  }

  /// A lower triangular L of LLᵀ, with zeros where a variance is.
  private static func factor(_ matrix: [[Double]]) -> [[Double]] {
    var factor = matrix.map { $0.map { _ in 0.0 } }
    for i in matrix.indices {
      for j in 0...i {
        let rest = (0..<j).reduce(matrix[i][j]) { $0 - factor[i][$1] * factor[j][$1] }
        factor[i][j] = i == j ? max(0, rest).squareRoot() : factor[j][j] > 0 ? rest / factor[j][j] : 0
      }
    }
    return factor
  }

  /// Evenly spread directions of the plane, and of space on a Fibonacci spiral, by the number of dimensions.
  private static let directions: [[[Double]]] = [
    [], [[1], [-1]],
    (0..<32).map { step in
      let angle = Double.pi * Double(step) / 16
      return [cos(angle), sin(angle)]
    },
    (0..<96).map { step in
      let height = 1 - (2 * Double(step) + 1) / 96
      let (radius, angle) = ((1 - height * height).squareRoot(), Double.pi * (3 - 5.0.squareRoot()) * Double(step))
      return [radius * cos(angle), radius * sin(angle), height]
    },
  ]
}
