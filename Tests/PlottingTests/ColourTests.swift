// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@testable import Plotting

@Suite struct ColourTests {
  private func parts(_ hex: String) -> [Int] {
    let number = Int(hex.dropFirst(), radix: 16) ?? 0
    return [number >> 16, (number >> 8) & 255, number & 255]
  }

  private func contrast(_ a: String, _ b: String) -> Double {
    let (x, y) = (luminance(parts(a)), luminance(parts(b)))
    return (max(x, y) + 0.05) / (min(x, y) + 0.05)
  }

  /// WCAG 2.2: 4.5 for text, 3 for pictures.
  @Test func coloursStandOutFromTheirPaper() {
    #expect(abs(contrast("#000000", "#FFFFFF") - 21) < 1e-9 && abs(contrast("#777777", "#FFFFFF") - 4.478) < 0.001)
    for (page, colours) in [(PageColour.light, SeriesColour.light), (PageColour.dark, SeriesColour.dark)] {
      #expect(contrast(page.ink, page.paper) >= 7 && contrast(page.faint, page.paper) >= 4.5)
      #expect(colours.count == seriesCount)
      for colour in colours { #expect(contrast(colour, page.paper) >= 3, "\(colour) on \(page.paper)") }
    }
    for step in -60...60 {
      let colour = HeatColour(Double(step) / 50, .diverging(limit: 1))
      #expect(contrast(colour.fill, colour.ink) >= 4.5, "\(colour)")
    }
  }

  /// The first five colours differ for people with and without each kind of cone.
  ///
  /// By at least 8 units of CIE76 in the simulation
  /// of Machado, Oliveira and Fernandes (2009) at full strength. All eight differ in dashes and shapes besides.
  @Test func coloursDifferForEveryEye() {
    let eyes: [(String, [[Double]])] = [
      ("all cones", [[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
      (
        "protanopia",
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
      ),
      (
        "deuteranopia",
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
      ),
      (
        "tritanopia",
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
      ),
    ]
    for colours in [SeriesColour.light, SeriesColour.dark] {
      for (eye, matrix) in eyes {
        for a in 0..<5 {
          for b in 0..<a {
            let distance = zip(lab(colours[a], matrix), lab(colours[b], matrix)).reduce(0) {
              $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
            }
            #expect(distance.squareRoot() >= 8, "\(eye): \(colours[a]), \(colours[b]): \(distance.squareRoot())")
          }
        }
      }
    }
    #expect(Set(SeriesColour.dashes).count == seriesCount)
  }

  /// CIE L*a*b* of a colour as an eye with this matrix sees it.
  private func lab(_ hex: String, _ matrix: [[Double]]) -> [Double] {
    let linear = parts(hex).map { part in
      let share = Double(part) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    let seen = matrix.map { row in min(1, max(0, zip(row, linear).reduce(0) { $0 + $1.0 * $1.1 })) }
    let xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]].map { row in
      zip(row, seen).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let f = zip(xyz, [0.9505, 1, 1.089]).map { value, white in
      value / white > 0.008856 ? cbrt(value / white) : 7.787 * value / white + 16.0 / 116
    }
    return [116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])]
  }
}
