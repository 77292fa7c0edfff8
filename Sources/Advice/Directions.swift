import Foundation

extension Jackknife {
  /// Directions of the plane, evenly spread: an end of an interval is off by less than 1e-5 of its width.
  static let circle: [[Double]] = (0..<720).map { step in
    let angle = 2 * Double.pi * Double(step) / 720
    return [cos(angle), sin(angle)]
  }

  /// Directions of space, evenly spread on a Fibonacci spiral: an end is off by less than 1e-3 of the width.
  static let sphere: [[Double]] = (0..<4000).map { step in
    let height = 1 - (2 * Double(step) + 1) / 4000
    let (radius, angle) = ((1 - height * height).squareRoot(), Double.pi * (3 - 5.0.squareRoot()) * Double(step))
    return [radius * cos(angle), radius * sin(angle), height]
  }
}
