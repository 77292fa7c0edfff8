// SPDX-License-Identifier: GPL-3.0-or-later
import CLAPACKE
import Classification
import Foundation

/// What a student is distilled with: λT²·KL(τ ‖ softmax(z/T)), averaged over rows (Hinton, Vinyals & Dean 2015).
///
/// For logits `s` of the student and `t` of the teacher PyTorch says it as
/// `lam * T**2 * F.kl_div(F.log_softmax(s / T, 1), F.softmax(t / T, 1), reduction="batchmean")`: the first argument is the
/// student's *logarithm*, the second the teacher's probability, and `batchmean` divides by rows, not by rows × classes as `mean` would.
public struct DistillationTerm: Sendable {
  /// The soft labels τ, that is softmax(t/T).
  public let softLabels: SoftLabels
  /// The weight λ.
  public let weight: Double
  /// The temperature T.
  public let temperature: Double

  /// The term of these soft labels.
  ///
  /// - Precondition: λ ≥ 0, T > 0.
  public init(_ softLabels: SoftLabels, weight: Double, temperature: Double) {
    precondition(weight >= 0 && temperature > 0, "λ is not negative and T is positive")
    (self.softLabels, self.weight, self.temperature) = (softLabels, weight, temperature)
  }
}

/// The loss of a softmax student with weight decay, its gradient and its curvature.
///
/// F(W, b) = (1/n)Σ CE(yᵢ, softmax zᵢ) + λT²(1/n)Σ KL(τᵢ ‖ softmax(zᵢ/T)) + (μ/2)‖W‖² with zᵢ = Wᵀxᵢ + b. Columns are scaled to
/// variance 1 and biases do not decay. F is convex, so its minimiser is a function of the data, of no seed and no schedule. With rows that have
/// no label the mean of KL is over all rows, that of CE over the labelled ones.
public struct SoftmaxObjective: Sendable {
  /// The scaled and rotated columns.
  public let features: RotatedFeatures
  /// The class of every row that has one; rows without one come after them.
  public let labels: [Int]
  /// The number K of classes.
  public let classCount: Int
  /// The weight decay μ.
  public let weightDecay: Double
  /// The labels as they are aimed at: one-hot, or smoothed.
  let targets: SoftLabels

  /// The objective on labelled rows.
  ///
  /// - Parameters:
  ///   - rows: the training rows.
  ///   - weightDecay: μ > 0.
  ///   - mostComponents: the greatest number of principal components; nil for all.
  /// - Throws: ``ClassAdviceError/invalidSetting(name:value:rule:)`` for another μ.
  public init(_ rows: LabelledRows, weightDecay: Double, mostComponents: Int? = nil) throws(ClassAdviceError) {
    try Self.check(weightDecay)
    self.init(
      RotatedFeatures(rows.features, columns: rows.featureCount, mostComponents: mostComponents), labels: rows.labels,
      classCount: rows.classCount, weightDecay: weightDecay)
  }

  /// The objective on labelled rows and on rows that only a teacher's soft labels speak of.
  ///
  /// Columns are scaled as without them, so that the student alone is the same; the rotation is that of all rows, which a student that
  /// learns from all of them needs.
  ///
  /// - Parameters:
  ///   - rows: the training rows that have a label.
  ///   - unlabelled: the others, as many columns each, row after row.
  ///   - weightDecay: μ > 0.
  ///   - mostComponents: the greatest number of principal components; nil for all.
  /// - Throws: ``ClassAdviceError/invalidSetting(name:value:rule:)`` for another μ.
  /// - Precondition: the unlabelled numbers make whole rows.
  public init(_ rows: LabelledRows, unlabelled: [Double], weightDecay: Double, mostComponents: Int? = nil)
    throws(ClassAdviceError)
  {
    precondition(unlabelled.count.isMultiple(of: rows.featureCount), "rows without a label have the same columns")
    try Self.check(weightDecay)
    self.init(
      RotatedFeatures(
        rows.features + unlabelled, columns: rows.featureCount, mostComponents: mostComponents,
        scaledBy: rows.rowCount), labels: rows.labels, classCount: rows.classCount, weightDecay: weightDecay)
  }

  init(_ features: RotatedFeatures, labels: [Int], classCount: Int, weightDecay: Double, targets: SoftLabels? = nil) {
    (self.features, self.labels, self.classCount, self.weightDecay) = (features, labels, classCount, weightDecay)
    self.targets = targets ?? SoftLabels(labels: labels, classCount: classCount)
  }

  /// The objective on labelled rows and further ones, which count as much and aim at soft labels: pseudo-labels (Lee 2013), not made one-hot.
  ///
  /// - Parameters:
  ///   - rows: rows with a label.
  ///   - further: the features of further rows, row after row.
  ///   - softLabels: what a teacher takes them for.
  ///   - weightDecay: μ > 0.
  /// - Throws: ``ClassAdviceError/invalidSetting(name:value:rule:)`` for another μ.
  /// - Precondition: there is a soft label of as many classes for every further row, which is as long as a labelled one.
  public init(
    _ rows: LabelledRows, further: [Double], labelled softLabels: SoftLabels, weightDecay: Double
  ) throws(ClassAdviceError) {
    precondition(
      softLabels.classCount == rows.classCount && further.count == softLabels.rowCount * rows.featureCount,
      "every further row has a soft label of the same classes")
    try Self.check(weightDecay)
    let k = rows.classCount
    let likeliest = (0..<softLabels.rowCount).map { row in
      (0..<k).max { softLabels.values[row * k + $0] < softLabels.values[row * k + $1] } ?? 0
    }
    self.init(
      RotatedFeatures(rows.features + further, columns: rows.featureCount), labels: rows.labels + likeliest,
      classCount: k, weightDecay: weightDecay,
      targets: SoftLabels(SoftLabels(labels: rows.labels, classCount: k).values + softLabels.values, classCount: k))
  }

  private static func check(_ weightDecay: Double) throws(ClassAdviceError) {
    guard weightDecay > 0, weightDecay.isFinite else {
      throw .invalidSetting(
        name: "weight decay", value: "\(weightDecay)",
        rule: "must be a positive number; without it a student that separates the rows has no finite weights")
    }
  }

  /// The same with another weight decay; the rotation is kept.
  ///
  /// - Precondition: μ > 0.
  public func with(weightDecay: Double) -> SoftmaxObjective {
    precondition(weightDecay > 0, "weight decay is positive")
    return SoftmaxObjective(
      features, labels: labels, classCount: classCount, weightDecay: weightDecay, targets: targets)
  }

  /// The same with labels (1 − α)·one-hot + α/K: label smoothing (Szegedy and others 2016).
  ///
  /// - Precondition: 0 ≤ α ≤ 1.
  public func smoothed(_ alpha: Double) -> SoftmaxObjective {
    precondition((0...1).contains(alpha), "a share is between 0 and 1")
    let smooth = SoftLabels(labels: labels, classCount: classCount).values.map {
      (1 - alpha) * $0 + alpha / Double(classCount)
    }
    return SoftmaxObjective(
      features, labels: labels, classCount: classCount, weightDecay: weightDecay,
      targets: SoftLabels(smooth, classCount: classCount))
  }

  /// The number of rows, with and without a label.
  public var rowCount: Int { features.rowCount }
  /// By what the mean over labelled rows is more than that over all.
  private var labelledFactor: Double { Double(rowCount) / Double(labels.count) }
  /// The rows of the weights: components and the bias.
  var inputCount: Int { features.componentCount + 1 }
  /// The number of weights and biases.
  var weightCount: Int { inputCount * classCount }

  /// Everything at one point that value, gradient and curvature need.
  struct Point {
    var weights: [Double]
    /// softmax z of labelled rows, and softmax(z/T) of all rows where there is a teacher.
    var probabilities: [Double]
    var softened: [Double]
    var value: Double
  }

  /// The point of these weights, (r + 1) × K, the bias last.
  func point(_ weights: [Double], _ term: DistillationTerm?) -> Point {
    let logits = products(features.trainingScores, weights)
    let labelled = labels.count * classCount
    var probabilities = labelled == logits.count ? logits : Array(logits.prefix(labelled))
    var (softened, penalty) = ([Double](), 0.0)
    let loss = crossEntropies(&probabilities, targets.values, classes: classCount, scale: 1)
    for weight in weights.dropLast(classCount) { penalty += weight * weight }
    var value = loss / Double(labels.count) + weightDecay * penalty / 2
    if let term, term.weight > 0 {
      softened = logits
      let cross = crossEntropies(
        &softened, term.softLabels.values, classes: classCount, scale: 1 / term.temperature)
      value += term.weight * term.temperature * term.temperature * cross / Double(rowCount)
    }
    return Point(weights: weights, probabilities: probabilities, softened: softened, value: value)
  }

  /// The value of F where KL is taken with the teacher's entropy, as it is defined; the minimisation leaves that constant out.
  func loss(_ weights: [Double], _ term: DistillationTerm?) -> Double {
    let value = point(weights, term).value
    guard let term, term.weight > 0 else { return value }
    let negentropy = term.softLabels.values.reduce(0) { $1 > 0 ? $0 + $1 * log($1) : $0 } / Double(rowCount)
    return value + term.weight * term.temperature * term.temperature * negentropy
  }

  /// ∇F at a point.
  func gradient(_ point: Point, _ term: DistillationTerm?) -> [Double] {
    var residuals = point.probabilities
    let share = labelledFactor
    for i in residuals.indices { residuals[i] = share * (residuals[i] - targets.values[i]) }
    residuals += [Double](repeating: 0, count: rowCount * classCount - residuals.count)
    if let term, term.weight > 0 {
      let factor = term.weight * term.temperature
      for i in residuals.indices { residuals[i] += factor * (point.softened[i] - term.softLabels.values[i]) }
    }
    return backProducts(features.trainingScores, residuals, adding: point.weights)
  }

  /// ∇²F·v at a point.
  func curvature(_ v: [Double], _ point: Point, _ term: DistillationTerm?) -> [Double] {
    var changes = products(features.trainingScores, v)
    let (k, lambda, share, labelled) = (classCount, term?.weight ?? 0, labelledFactor, labels.count * classCount)
    changes.withUnsafeMutableBufferPointer { a in
      point.probabilities.withUnsafeBufferPointer { p in
        point.softened.withUnsafeBufferPointer { q in
          for start in stride(from: 0, to: a.count, by: k) {
            var (mean, softMean) = (0.0, 0.0)
            if lambda > 0 { for i in start..<start + k { softMean += q[i] * a[i] } }
            if start < labelled {
              for i in start..<start + k { mean += p[i] * a[i] }
              if lambda > 0 {
                for i in start..<start + k { a[i] = share * p[i] * (a[i] - mean) + lambda * q[i] * (a[i] - softMean) }
              } else {
                for i in start..<start + k { a[i] = share * p[i] * (a[i] - mean) }
              }
            } else {
              for i in start..<start + k { a[i] = lambda > 0 ? lambda * q[i] * (a[i] - softMean) : 0 }
            }
          }
        }
      }
    }
    return backProducts(features.trainingScores, changes, adding: v)
  }

  /// scores · weights: rows × K.
  func products(_ scores: [Double], _ weights: [Double]) -> [Double] {
    let rows = scores.count / inputCount
    var logits = [Double](repeating: 0, count: rows * classCount)
    guard rows > 0 else { return logits }
    cblas_dgemm(
      CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(rows), Int32(classCount), Int32(inputCount), 1, scores,
      Int32(inputCount), weights, Int32(classCount), 0, &logits, Int32(classCount))
    return logits
  }

  /// scoresᵀ · residuals / rows, and μ times what decays of `weights`.
  func backProducts(_ scores: [Double], _ residuals: [Double], adding weights: [Double]? = nil) -> [Double] {
    let rows = scores.count / inputCount
    var sums = weights ?? [Double](repeating: 0, count: weightCount)
    for j in weightCount - classCount..<weightCount { sums[j] = 0 }
    cblas_dgemm(
      CblasRowMajor, CblasTrans, CblasNoTrans, Int32(inputCount), Int32(classCount), Int32(rows), 1 / Double(rows),
      scores, Int32(inputCount), residuals, Int32(classCount), weights == nil ? 0 : weightDecay, &sums,
      Int32(classCount))
    return sums
  }
}

/// Turns logits into softmax(scale · z), and returns −Σ targets · log softmax(scale · z).
func crossEntropies(_ logits: inout [Double], _ targets: [Double], classes: Int, scale: Double) -> Double {
  var sum = 0.0
  logits.withUnsafeMutableBufferPointer { z in
    targets.withUnsafeBufferPointer { y in
      for start in stride(from: 0, to: z.count, by: classes) {
        var greatest = -Double.infinity
        for i in start..<start + classes { greatest = max(greatest, z[i]) }
        var (total, aimed, mass) = (0.0, 0.0, 0.0)
        for i in start..<start + classes {
          let shifted = scale * (z[i] - greatest)
          // 0 · −∞ counts as 0: a class that the teacher rules out asks for nothing.
          if y[i] > 0 { aimed += y[i] * shifted }
          mass += y[i]
          z[i] = exp(shifted)
          total += z[i]
        }
        sum += mass * log(total) - aimed
        for i in start..<start + classes { z[i] /= total }
      }
    }
  }
  return sum
}
