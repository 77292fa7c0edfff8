// SPDX-License-Identifier: GPL-3.0-or-later
import Classification
import Datasets

/// Square images, averaged over 2 × 2 pixels, and their halves.
struct ImageParts {
  private let pixels: [Double]
  private let side: Int
  private let digits: ClassLabels

  /// The images of a modality, row after row of pixels.
  ///
  /// - Throws: ``ExperimentError/unpairedViews(_:)`` unless they are square with an even side.
  init(_ images: Modality, _ digits: ClassLabels) throws(ExperimentError) {
    let full = Int(Double(images.features.count).squareRoot())
    guard full * full == images.features.count, full.isMultiple(of: 2) else {
      throw .unpairedViews("\(images.name): images of \(images.features.count) pixels are not square with an even side")
    }
    (side, self.digits) = (full / 2, digits)
    let half = full / 2
    pixels = (0..<images.rowCount).flatMap { image in
      let row = Array(images.row(image))
      return (0..<half * half).map { place in
        let corner = 2 * (place / half) * full + 2 * (place % half)
        return (row[corner] + row[corner + 1] + row[corner + full] + row[corner + full + 1]) / 4
      }
    }
  }

  /// The whole images.
  ///
  /// - Throws: `ClassificationError`.
  var pooled: LabelledRows {
    get throws { try LabelledRows(features: pixels, labels: digits.indices, classCount: digits.classes.count) }
  }

  /// The left, right, upper and lower half; of an odd side the middle is in neither.
  ///
  /// - Throws: `ClassificationError`.
  func halves() throws -> [(name: String, rows: LabelledRows)] {
    let (low, high) = (side / 2, side - side / 2)
    let parts: [(String, (_ row: Int, _ column: Int) -> Bool)] = [
      ("left", { $1 < low }), ("right", { $1 >= high }), ("upper", { row, _ in row < low }),
      ("lower", { row, _ in row >= high }),
    ]
    return try parts.map { name, isInside in
      let kept = (0..<side * side).filter { isInside($0 / side, $0 % side) }
      let features = stride(from: 0, to: pixels.count, by: side * side).flatMap { start in
        kept.map { pixels[start + $0] }
      }
      return (name, try LabelledRows(features: features, labels: digits.indices, classCount: digits.classes.count))
    }
  }
}
