// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Learning

/// The mean of e^T over batches as it moves: an exponential average, corrected for its start at 0, in logarithms.
///
/// Without the correction the average of the first batches is far too small, and the gradient that is divided by it far
/// too large.
struct MovingLogMean {
  /// The weight of what was before, in [0, 1).
  let decay: Double
  private var logSum = -Double.infinity
  /// The weights of all batches so far together: 1 − decayᵗ.
  private var weight = 0.0

  init(decay: Double) { self.decay = decay }

  /// Takes in a batch whose mean of e^T is exp(`logMean`), and returns the logarithm of the corrected average.
  mutating func update(_ logMean: Double) -> Double {
    let (before, now) = (log(decay) + logSum, log(1 - decay) + logMean)
    let greater = max(before, now)
    logSum = greater + log(exp(before - greater) + exp(now - greater))
    weight = decay * weight + (1 - decay)
    return logSum - log(weight)
  }
}

/// The bound of Donsker and Varadhan: I(x; y) ≥ E T(x, y) − ln E e^T(x, y′) for every function T, where y′ is drawn
/// without regard to x.
///
/// The supremum over T is the information, attained at T = ln of the density ratio.
enum DonskerVaradhan {
  /// Writes the gradient of −(mean T over pairs − ln mean e^T over products) with respect to T.
  ///
  /// ∇ ln mean e^T = mean(e^T ∇T)/mean e^T, in which the mean of a batch below the line is replaced by the moving
  /// average: that of one batch would bias the gradient (Belghazi and others 2018, section 3.2).
  ///
  /// - Parameters:
  ///   - scores: T of `count` pairs, then of `count` products.
  ///   - gradient: 2·`count` numbers.
  static func gradient<Scalar: LearningScalar>(
    of scores: UnsafePointer<Scalar>, count: Int, average: inout MovingLogMean,
    into gradient: UnsafeMutablePointer<Scalar>
  ) {
    let products = scores + count
    let logMean = Double(Loss.logSumExp(products, count: count)) - log(Double(count))
    let logAverage = Scalar(average.update(logMean))
    let share = 1 / Scalar(count)
    for i in 0..<count {
      gradient[i] = -share
      gradient[count + i] = share * Scalar.exponential(products[i] - logAverage)
    }
  }
}

/// The bound on rows that took no part in training, with its standard error.
struct HeldOutBound {
  /// The bound in nats.
  let nats: Double
  /// The standard deviation of the bound over samples of such rows, the network given.
  let standardError: Double

  /// The bound from T of n pairs and of the products (xᵢ, yᵢ₊ₛ), s a shift.
  ///
  /// The standard error is that of the mean of n influences: what pair i adds, less what the products that xᵢ and yᵢ
  /// take part in add.
  ///
  /// - Parameters:
  ///   - pairs: T of the n pairs.
  ///   - products: for each shift s, T of (xᵢ, y₍ᵢ₊ₛ₎ mod n) for every i.
  init<Scalar: LearningScalar>(pairs: [Scalar], products: [(shift: Int, scores: [Scalar])]) {
    let n = pairs.count
    let greatest = Double(products.lazy.map { $0.scores.max() ?? 0 }.max() ?? 0)
    // Contributions of the products of xᵢ and of yᵢ, relative to the greatest.
    var (ofX, ofY) = ([Double](repeating: 0, count: n), [Double](repeating: 0, count: n))
    for (shift, scores) in products {
      for i in 0..<n {
        let value = exp(Double(scores[i]) - greatest)
        ofX[i] += value
        ofY[(i + shift) % n] += value
      }
    }
    let mean = ofX.reduce(0, +) / Double(n)
    let pairMean = pairs.reduce(0) { $0 + Double($1) } / Double(n)
    nats = pairMean - greatest - log(mean / Double(products.count))
    let variance = (0..<n).reduce(0) { sum, i in
      let influence = Double(pairs[i]) - pairMean - (ofX[i] + ofY[i]) / mean + 2
      return sum + influence * influence
    }
    standardError = (variance / Double(n - 1) / Double(n)).squareRoot()
  }
}
