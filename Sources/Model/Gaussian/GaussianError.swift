// SPDX-License-Identifier: GPL-3.0-or-later
import ExactAlgebra

/// Why a Gaussian or a quantity of it is not defined.
///
/// Positions count from 0.
public enum GaussianError: Error, Equatable, CustomStringConvertible {
  /// A block of no coordinates.
  case emptyBlock(String)
  /// The blocks do not add up to the size of Σ.
  case sizeMismatch(rows: Int, blocks: [String])
  /// An entry of Σ is not a finite number.
  case invalidEntry(row: Int, column: Int, NumberError)
  /// Σ is not square, symmetric and positive definite.
  case invalidCovariance(MatrixError)
  /// No block has this name.
  case unknownBlock(String, known: [String])
  /// A coordinate is outside of the vector, named twice, or a list is empty.
  case invalidCoordinates(String)
  /// A linear map does not fit the vector.
  case mapSize(columns: Int, dimension: Int)
  /// A linear image has a singular covariance, so that it has no density.
  case degenerateImage
  /// A factorisation failed in floating point although Σ is positive definite.
  case numericallySingular

  /// The rule that was broken.
  public var description: String {
    switch self {
    case .emptyBlock(let name): "block \(name) is empty; it needs at least 1 coordinate"
    case .sizeMismatch(let rows, let blocks):
      "Σ has \(rows) rows, but the blocks are of sizes \(blocks.joined(separator: ", ")); they must add up"
    case .invalidEntry(let i, let j, let error): "entry [\(i)][\(j)]: \(error)"
    case .invalidCovariance(let error): error.description
    case .unknownBlock(let name, let known): "no block \(name); there are \(known.joined(separator: ", "))"
    case .invalidCoordinates(let reason): reason
    case .mapSize(let columns, let dimension): "a map of \(columns) columns on a vector of dimension \(dimension)"
    case .degenerateImage: "the covariance is singular: the variables are linearly dependent"
    case .numericallySingular: "Σ is positive definite, but not in double precision; rescale the variables"
    }
  }
}
