// SPDX-License-Identifier: GPL-3.0-or-later
import CGSL
import CLAPACKE
import Gaussian
import Learning

/// One training under way: weights in scaled coordinates, and the steps that change them.
struct Descent {
  private let training: Training
  private let sample: Sample
  private let lambda: Double
  /// Inputs with mean square 1, row by row.
  private var inputs: [Double]
  private let inputScales: [Double]
  private let targetScale: Double
  /// [t | y], column by column, with the mean square of y 1.
  private var targets: [Double]
  private var weights: [Double]
  private var gradient: [Double]
  private var optimizer: any Optimizer<Double>
  private var steps = 0
  private let largestLoss: Double

  init(_ training: Training, _ sample: Sample, lambda: Double) {
    (self.training, self.sample, self.lambda) = (training, sample, lambda)
    let (n, p, q) = (sample.rows, sample.p2, sample.q)
    (inputs, inputScales) = Descent.scaled(sample.inputs, columns: p)
    targets = sample.targets
    let labels = Array(targets[(n * q)...])
    let size = (cblas_ddot(Int32(n * q), labels, 1, labels, 1) / Double(n * q)).squareRoot()
    targetScale = size > 0 ? size : 1
    cblas_dscal(Int32(targets.count), 1 / targetScale, &targets, 1)
    weights = [Double](repeating: 0, count: p * q)
    gradient = weights
    optimizer =
      switch (training.method, training.weightDecay) {
      case (.adam, 0): Adam<Double>(parameterCount: p * q)
      case (.adam, let decay): AdamW<Double>(parameterCount: p * q, weightDecay: decay)
      case (_, let decay):
        SGD<Double>(parameterCount: p * q, momentum: training.momentum, weightDecay: decay)
      }
    let start = sample.objective(weights, lambda: lambda) / (targetScale * targetScale)
    largestLoss = 1e6 * max(start, 1)
  }

  private static func scaled(_ inputs: [Double], columns: Int) -> ([Double], [Double]) {
    let rows = Int32(inputs.count / columns)
    var (scaled, scales) = (inputs, [Double](repeating: 1, count: columns))
    scaled.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for j in 0..<columns {
        let size = cblas_dnrm2(rows, base + j, Int32(columns)) / Double(rows).squareRoot()
        if size > 0 { scales[j] = size }
        cblas_dscal(rows, 1 / scales[j], base + j, Int32(columns))
      }
    }
    return (scaled, scales)
  }

  mutating func run(heldOut: Sample?, from normals: NormalSource) throws(StudentError) -> TrainedStudent {
    let perEpoch = training.method == .gradientDescent ? 1 : (sample.rows + training.batch - 1) / training.batch
    let epochs = training.epochs ?? max(20, (4_000 + perEpoch - 1) / perEpoch)
    let rates = schedule(steps: epochs * perEpoch)
    let gram = training.method == .gradientDescent ? GramObjective(inputs, targets, sample, lambda: lambda) : nil
    var order = Array(0..<sample.rows)
    var stopping = EarlyStopping<Double>(patience: training.patience)
    var (epoch, isStopped) = (0, false)
    while epoch < epochs, !isStopped {
      if let gram {
        let loss = gram.gradient(at: weights, into: &gradient)
        try step(loss: loss, rate: rates.rate(at: steps))
      } else {
        normals.shuffle(&order)
        for start in stride(from: 0, to: sample.rows, by: training.batch) {
          let loss = batchGradient(order[start..<min(start + training.batch, sample.rows)])
          try step(loss: loss, rate: rates.rate(at: steps))
        }
      }
      epoch += 1
      if let heldOut {
        let loss = heldOut.objective(unscaledWeights, lambda: lambda)
        isStopped = weights.withUnsafeBufferPointer { stopping.shouldStop(afterLoss: loss, parameters: $0) }
      }
    }
    if heldOut != nil { weights.withUnsafeMutableBufferPointer { stopping.restoreBest(into: $0) } }
    guard weights.allSatisfy(\.isFinite) else { throw diverged(rate: rates.rate(at: max(0, steps - 1))) }
    return TrainedStudent(weights: unscaledWeights, steps: steps, epochs: epoch, stoppedEarly: epoch < epochs)
  }

  private var unscaledWeights: [Double] {
    weights.indices.map { weights[$0] * targetScale / inputScales[$0 % sample.p2] }
  }

  private func schedule(steps: Int) -> LearningRateSchedule {
    let rate = training.learningRate ?? standardRate
    return training.decay == .constant ? .constant(rate) : .cosine(initial: rate, final: 0, steps: steps)
  }

  /// What is stable: the objective's curvature is at most 2(1+λ)·λmax(XᵀX/n), and λmax ≤ p2, the trace.
  private var standardRate: Double {
    let p = Double(sample.p2)
    switch training.method {
    case .adam: return 0.01
    case .sgd: return 0.25 * (1 - training.momentum) / ((1 + lambda) * (p + 2))
    case .gradientDescent:
      let largest = GramObjective(inputs, targets, sample, lambda: lambda).largestEigenvalue
      return (1 - training.momentum) / (2 * (1 + lambda) * max(largest, .leastNormalMagnitude))
    }
  }

  private func diverged(rate: Double) -> StudentError { .diverged(step: steps + 1, learningRate: rate) }

  private mutating func step(loss: Double, rate: Double) throws(StudentError) {
    guard loss <= largestLoss else { throw diverged(rate: rate) }
    gradient.withUnsafeBufferPointer { gradient in
      weights.withUnsafeMutableBufferPointer { optimizer.step($0, gradient: gradient, learningRate: rate) }
    }
    steps += 1
  }

  /// Writes the gradient of the objective over `rows`, and returns the objective there.
  private mutating func batchGradient(_ rows: ArraySlice<Int>) -> Double {
    let (n, p, q, lambda) = (sample.rows, sample.p2, sample.q, lambda)
    let size = Int32(p)
    let scale = 2 / Double(rows.count)
    var loss = 0.0
    inputs.withUnsafeBufferPointer { inputs in
      targets.withUnsafeBufferPointer { targets in
        weights.withUnsafeBufferPointer { weights in
          gradient.withUnsafeMutableBufferPointer { gradient in
            guard let x = inputs.baseAddress, let w = weights.baseAddress, let g = gradient.baseAddress else { return }
            gradient.update(repeating: 0)
            for row in rows {
              let input = x + row * p
              for j in 0..<q {
                let predicted = cblas_ddot(size, input, 1, w + j * p, 1)
                let toTeacher = predicted - targets[j * n + row]
                let toLabel = predicted - targets[(q + j) * n + row]
                loss += toLabel * toLabel + lambda * toTeacher * toTeacher
                cblas_daxpy(size, scale * (toLabel + lambda * toTeacher), input, 1, g + j * p, 1)
              }
            }
          }
        }
      }
    }
    return loss / Double(rows.count)
  }
}

/// The objective on all rows, through XᵀX/n and Xᵀ[t | y]/n: p2² work a step, whatever the number of rows.
private struct GramObjective {
  let p, q: Int
  let lambda: Double
  /// XᵀX/n.
  private var gram: [Double]
  /// Xᵀ(y + λt)/n, p × q.
  private var cross: [Double]
  /// The mean of y² + λt².
  private let start: Double

  init(_ inputs: [Double], _ targets: [Double], _ sample: Sample, lambda: Double) {
    let (n, p, q) = (sample.rows, sample.p2, sample.q)
    (self.p, self.q, self.lambda) = (p, q, lambda)
    gram = [Double](repeating: 0, count: p * p)
    cblas_dsyrk(
      CblasColMajor, CblasLower, CblasNoTrans, Int32(p), Int32(n), 1 / Double(n), inputs, Int32(p), 0, &gram, Int32(p))
    let half = n * q
    let mixed = (0..<half).map { targets[half + $0] + lambda * targets[$0] }
    cross = [Double](repeating: 0, count: p * q)
    cblas_dgemm(
      CblasColMajor, CblasNoTrans, CblasNoTrans, Int32(p), Int32(q), Int32(n), 1 / Double(n), inputs, Int32(p), mixed,
      Int32(n), 0, &cross, Int32(p))
    start =
      (0..<half).reduce(0.0) { $0 + targets[half + $1] * targets[half + $1] + lambda * targets[$1] * targets[$1] }
      / Double(n)
  }

  /// Writes 2[(1+λ)XᵀXw − Xᵀ(y + λt)]/n and returns the objective at w.
  func gradient(at weights: [Double], into gradient: inout [Double]) -> Double {
    gradient = cross
    let (rows, columns) = (Int32(p), Int32(q))
    cblas_dsymm(
      CblasColMajor, CblasLeft, CblasLower, rows, columns, 2 * (1 + lambda), gram, rows, weights, rows, -2, &gradient,
      rows)
    // L(w) = start + wᵀ(∇/2 − cross).
    return start + zip(weights, zip(gradient, cross)).reduce(0) { $0 + $1.0 * ($1.1.0 / 2 - $1.1.1) }
  }

  var largestEigenvalue: Double {
    var (matrix, values) = (gram, [Double](repeating: 0, count: p))
    LAPACKE_dsyev(
      LAPACK_COL_MAJOR, CChar(UInt8(ascii: "N")), CChar(UInt8(ascii: "L")), Int32(p), &matrix, Int32(p), &values)
    return values.last ?? 1
  }
}
