// SPDX-License-Identifier: GPL-3.0-or-later
/// The rectifier z ↦ z for z > 0 and a·z else, with a slope a ≥ 0: the nonlinearity of a layer.
///
/// As a ≥ 0, the sign of the output tells the derivative, so that the input need not be kept.
public struct Activation: Sendable, Equatable {
  /// The slope a of the negative side.
  public let negativeSlope: Double

  /// No nonlinearity.
  public static let identity = Activation(negativeSlope: 1)
  /// max(0, z).
  public static let relu = Activation(negativeSlope: 0)
  /// The leaky rectifier (Maas, Hannun & Ng 2013).
  ///
  /// - Precondition: `slope` is in [0, 1].
  public static func leakyReLU(slope: Double) -> Activation {
    precondition(slope >= 0 && slope <= 1, "the slope of a leaky rectifier must be in [0, 1]")
    return Activation(negativeSlope: slope)
  }

  private init(negativeSlope: Double) { self.negativeSlope = negativeSlope }

  /// The gain of He and others (2015): weights of variance gain/inputs keep the scale of signals.
  var gain: Double { self == .identity ? 1 : 2 / (1 + negativeSlope * negativeSlope) }

  /// Adds `bias` to each of `rows` rows of `values` and rectifies them, in place.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  func apply<Scalar: LearningScalar>(
    addingBias bias: UnsafePointer<Scalar>, to values: UnsafeMutablePointer<Scalar>, rows: Int, columns: Int
  ) {
    let slope = Scalar(negativeSlope)
    for row in 0..<rows {
      let values = values + row * columns
      for j in 0..<columns {
        let z = values[j] + bias[j]
        values[j] = z > 0 ? z : slope * z
      }
    }
  }

  /// Turns the gradient with respect to the outputs into that with respect to the inputs, in place, and adds its rows
  /// up in `biasGradient`.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  func differentiate<Scalar: LearningScalar>(
    _ gradient: UnsafeMutablePointer<Scalar>, output: UnsafePointer<Scalar>, rows: Int, columns: Int,
    biasGradient: UnsafeMutablePointer<Scalar>
  ) {
    let slope = Scalar(negativeSlope)
    for j in 0..<columns { biasGradient[j] = 0 }
    for row in 0..<rows {
      let (gradient, output) = (gradient + row * columns, output + row * columns)
      for j in 0..<columns {
        let g = output[j] > 0 ? gradient[j] : slope * gradient[j]
        gradient[j] = g
        biasGradient[j] += g
      }
    }
  }
}
