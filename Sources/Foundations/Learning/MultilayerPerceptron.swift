// SPDX-License-Identifier: GPL-3.0-or-later
/// The shape of a fully connected network: affine layers with a rectifier after each.
///
/// It holds no numbers: parameters are a part of a flat buffer, layer by layer, of each the weights (inputs × outputs,
/// row-major) and then the biases. ``PerceptronPass`` computes with them.
public struct MultilayerPerceptron: Sendable, Equatable {
  /// One affine map and the nonlinearity after it.
  struct Layer: Sendable, Equatable {
    let inputs: Int
    let outputs: Int
    let activation: Activation
    /// Where the weights begin among the parameters.
    let weights: Int
    var biases: Int { weights + inputs * outputs }
    var end: Int { biases + outputs }
  }

  /// The numbers of inputs, of units of each hidden layer, and of outputs.
  public let widths: [Int]
  /// The probability with which an input of a layer is dropped in training.
  public let dropout: Double
  let layers: [Layer]

  /// A network of the given widths.
  ///
  /// - Precondition: there are at least two widths, all positive, and the dropout is in [0, 1).
  public init(
    widths: [Int], hidden: Activation = .relu, output: Activation = .identity, dropout: Double = 0
  ) {
    precondition(widths.count >= 2 && widths.allSatisfy { $0 > 0 }, "a network needs two or more positive widths")
    precondition(dropout >= 0 && dropout < 1, "a probability of dropping must be in [0, 1)")
    self.widths = widths
    self.dropout = dropout
    var (layers, end) = ([Layer](), 0)
    for (index, (inputs, outputs)) in zip(widths, widths.dropFirst()).enumerated() {
      let activation = index == widths.count - 2 ? output : hidden
      layers.append(Layer(inputs: inputs, outputs: outputs, activation: activation, weights: end))
      end = layers[index].end
    }
    self.layers = layers
  }

  /// The number of inputs.
  public var inputCount: Int { widths[0] }
  /// The number of outputs.
  public var outputCount: Int { widths[widths.count - 1] }
  /// The number of weights and biases of all layers.
  public var parameterCount: Int { layers[layers.count - 1].end }

  /// How weights are drawn at first; biases are 0.
  public enum Initialization: Sendable {
    /// Uniform of variance gain/inputs (He et al. 2015): keeps the scale of signals through rectifiers.
    case he
    /// Uniform of variance 2/(inputs + outputs) (Glorot & Bengio 2010).
    case glorot
  }

  /// Draws weights into the first ``parameterCount`` elements of `parameters`; biases become 0.
  ///
  /// The draws depend on the generator alone: `Float` gets the rounded numbers of `Double`.
  public func initialize<Scalar: LearningScalar>(
    _ parameters: UnsafeMutableBufferPointer<Scalar>, _ initialization: Initialization = .he,
    using generator: inout some RandomNumberGenerator
  ) {
    precondition(parameters.count >= parameterCount, "too few parameters for the network")
    for layer in layers {
      let variance =
        switch initialization {
        case .he: layer.activation.gain / Double(layer.inputs)
        case .glorot: 2 / Double(layer.inputs + layer.outputs)
        }
      let bound = (3 * variance).squareRoot()
      for i in layer.weights..<layer.biases {
        // 53 bits make a number of [0, 1).
        let unit = Double(generator.next() >> 11) * 0x1p-53
        parameters[i] = Scalar((2 * unit - 1) * bound)
      }
      for i in layer.biases..<layer.end { parameters[i] = 0 }
    }
  }
}
