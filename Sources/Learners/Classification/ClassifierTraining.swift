// SPDX-License-Identifier: GPL-3.0-or-later
import Learning
import SeededRuns

/// One training under way: a network, the rows that it learns from and the steps that change it.
///
/// `Float` for use, `Double` to check gradients.
final class ClassifierTraining<Scalar: LearningScalar> {
  let model: ParameterBuffer<Scalar>
  private let network: MultilayerPerceptron
  private let pass: PerceptronPass<Scalar>
  private let settings: ClassifierSettings
  private let rows: LabelledRows
  private let inputs: [Scalar]
  /// The teacher's logits; empty without a teacher.
  private let teacher: [Scalar]
  private let guidance: Guidance?
  private var optimizer: any Optimizer<Scalar>
  private var random: RandomSource
  private var steps = 0
  // What a batch looks like in memory.
  private var batchInputs: [Scalar] = []
  private var batchTeacher: [Scalar] = []
  private var batchLabels: [Int] = []

  /// Fresh weights for a student of `rows`, whose features are scaled already.
  init(_ rows: LabelledRows, guidance: Guidance?, settings: ClassifierSettings, seed: UInt64) {
    (self.rows, self.guidance, self.settings) = (rows, guidance, settings)
    network = settings.network(inputs: rows.featureCount, classes: rows.classCount)
    model = ParameterBuffer(count: network.parameterCount)
    var initial = RandomSource(seed: seed, index: 0)
    network.initialize(model.parameters, using: &initial)
    random = RandomSource(seed: seed, index: 1)
    pass = PerceptronPass(network, capacity: min(rows.rowCount, max(settings.batch, 256)))
    inputs = rows.features.map { Scalar($0) }
    teacher = guidance?.logits.map { Scalar($0) } ?? []
    optimizer = settings.optimizer(parameterCount: network.parameterCount)
  }

  /// Goes through the rows until the last epoch or until held-out rows say stop.
  ///
  /// - Throws: ``ClassificationError/diverged(step:learningRate:)``; ``ClassificationError/tooFewRows(_:needed:for:)`` where
  ///   a part would be empty.
  func run() throws(ClassificationError) {
    let order = rows.stratifiedOrder(using: &random)
    let heldOutCount = Int((settings.heldOutShare * Double(order.count)).rounded())
    if settings.heldOutShare > 0, heldOutCount < 1 || heldOutCount >= order.count {
      throw .tooFewRows(order.count, needed: Int(1 / settings.heldOutShare) + 1, for: "early stopping")
    }
    let heldOut = Array(order.prefix(heldOutCount))
    var training = Array(order.dropFirst(heldOutCount))
    var stopping = EarlyStopping<Scalar>(patience: settings.patience)
    for _ in 0..<settings.epochs {
      training.shuffle(using: &random)
      for start in stride(from: 0, to: training.count, by: settings.batch) {
        let loss = differentiate(training[start..<min(start + settings.batch, training.count)])
        guard loss.isFinite else { throw .diverged(step: steps + 1, learningRate: settings.learningRate) }
        step()
      }
      if heldOutCount > 0 {
        let loss = crossEntropy(heldOut)
        if stopping.shouldStop(afterLoss: loss, parameters: UnsafeBufferPointer(model.parameters)) { break }
      }
    }
    if heldOutCount > 0 { stopping.restoreBest(into: model.parameters) }
    guard model.parameters.allSatisfy(\.isFinite) else {
      throw .diverged(step: steps, learningRate: settings.learningRate)
    }
  }

  /// The objective on the rows at `positions`, without penalty; its gradient is in the model's buffer.
  func differentiate(_ positions: ArraySlice<Int>) -> Double {
    gather(positions)
    let (parameters, gradient) = (start(model.parameters), start(model.gradient))
    return batchInputs.withUnsafeBufferPointer { input in
      pass.forward(parameters, input: start(input), rows: positions.count)
      let loss = objective(rows: positions.count, gradient: pass.outputGradient)
      pass.backward(parameters, gradient: gradient)
      return Double(loss)
    }
  }

  /// The mean cross-entropy of the labels of the rows at `positions`.
  private func crossEntropy(_ positions: [Int]) -> Double {
    var sum = 0.0
    for first in stride(from: 0, to: positions.count, by: pass.capacity) {
      let part = positions[first..<min(first + pass.capacity, positions.count)]
      gather(part)
      batchInputs.withUnsafeBufferPointer {
        pass.forward(start(model.parameters), input: start($0), rows: part.count)
      }
      let loss = batchLabels.withUnsafeBufferPointer {
        Loss.crossEntropy(of: pass.output, labels: start($0), rows: part.count, classes: rows.classCount)
      }
      sum += Double(loss) * Double(part.count)
    }
    return sum / Double(positions.count)
  }

  private func objective(rows count: Int, gradient: UnsafeMutablePointer<Scalar>) -> Scalar {
    let classes = rows.classCount
    return batchLabels.withUnsafeBufferPointer { labels in
      guard let guidance else {
        return Loss.crossEntropy(
          of: pass.output, labels: start(labels), rows: count, classes: classes, gradient: gradient)
      }
      return batchTeacher.withUnsafeBufferPointer { teacher in
        Loss.distillation(
          of: pass.output, teacher: start(teacher), labels: start(labels), rows: count, classes: classes,
          weight: Scalar(guidance.weight), temperature: Scalar(guidance.temperature), gradient: gradient)
      }
    }
  }

  private func step() {
    // Adam knows no penalty of its own.
    if settings.method == .adam, settings.weightDecay > 0 {
      let decay = Scalar(settings.weightDecay)
      for i in 0..<model.count { model.gradient[i] += decay * model.parameters[i] }
    }
    optimizer.step(
      model.parameters, gradient: UnsafeBufferPointer(model.gradient), learningRate: Scalar(settings.learningRate))
    steps += 1
  }

  private func gather(_ positions: ArraySlice<Int>) {
    let (features, classes) = (rows.featureCount, rows.classCount)
    batchInputs.removeAll(keepingCapacity: true)
    batchTeacher.removeAll(keepingCapacity: true)
    batchLabels.removeAll(keepingCapacity: true)
    for row in positions {
      batchInputs += inputs[row * features..<(row + 1) * features]
      if guidance != nil { batchTeacher += teacher[row * classes..<(row + 1) * classes] }
      batchLabels.append(rows.labels[row])
    }
  }
}

private func start<Element>(_ buffer: UnsafeBufferPointer<Element>) -> UnsafePointer<Element> {
  guard let start = buffer.baseAddress else { preconditionFailure("a buffer of no elements") }
  return start
}

private func start<Element>(_ buffer: UnsafeMutableBufferPointer<Element>) -> UnsafeMutablePointer<Element> {
  guard let start = buffer.baseAddress else { preconditionFailure("a buffer of no elements") }
  return start
}

extension ClassifierSettings {
  /// The network for so many inputs and classes.
  func network(inputs: Int, classes: Int) -> MultilayerPerceptron {
    MultilayerPerceptron(widths: [inputs] + hiddenWidths + [classes])
  }

  fileprivate func optimizer<Scalar: LearningScalar>(parameterCount: Int) -> any Optimizer<Scalar> {
    switch method {
    case .sgd(let momentum):
      SGD<Scalar>(parameterCount: parameterCount, momentum: Scalar(momentum), weightDecay: Scalar(weightDecay))
    case .adam: Adam<Scalar>(parameterCount: parameterCount)
    case .adamW: AdamW<Scalar>(parameterCount: parameterCount, weightDecay: Scalar(weightDecay))
    }
  }
}
