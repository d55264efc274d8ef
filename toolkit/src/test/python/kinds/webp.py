"""WebP: lossy, lossless, alpha, animation, orientation, damage."""

from .drawing import orientation_tiff, picture, saved, xmp

FORMAT = "webp"


def kinds():
    image = picture()
    clear = image.copy()
    clear.putalpha(image.convert("L"))
    plain = saved(image, "WEBP", quality=80)
    out = {f"lossy-{quality}.webp": saved(image, "WEBP", quality=quality) for quality in (5, 30, 60, 80, 95, 100)}
    for method in (0, 3, 6):
        out[f"lossy-method-{method}.webp"] = saved(image, "WEBP", quality=75, method=method)
        out[f"lossless-method-{method}.webp"] = saved(image, "WEBP", lossless=True, quality=10 + 40 * method // 3, method=method)
    out["lossy-large.webp"] = saved(picture(50, 41), "WEBP", quality=75)
    out["lossless-large.webp"] = saved(picture(50, 41).quantize(200).convert("RGB"), "WEBP", lossless=True, method=6)
    out["lossless-2-colors.webp"] = saved(image.quantize(2).convert("RGB"), "WEBP", lossless=True)
    out["lossless-4-colors.webp"] = saved(image.quantize(4).convert("RGB"), "WEBP", lossless=True)
    out["lossless-16-colors.webp"] = saved(image.quantize(16).convert("RGB"), "WEBP", lossless=True)
    out["lossless-100-colors.webp"] = saved(image.quantize(100).convert("RGB"), "WEBP", lossless=True)
    out["lossless-1-color.webp"] = saved(image.quantize(1).convert("RGB"), "WEBP", lossless=True)
    out["lossy-alpha.webp"] = saved(clear, "WEBP", quality=80)
    out["lossy-alpha-coarse.webp"] = saved(clear, "WEBP", quality=80, alpha_quality=40)
    out["lossless-alpha.webp"] = saved(clear, "WEBP", lossless=True)
    out["lossless-alpha-exact.webp"] = saved(clear, "WEBP", lossless=True, exact=True)
    out["lossy-1.webp"] = saved(picture(1, 1), "WEBP", quality=80)
    out["lossy-16.webp"] = saved(picture(16, 16), "WEBP", quality=80)
    out["lossy-17.webp"] = saved(picture(17, 17), "WEBP", quality=80)
    out["lossless-1.webp"] = saved(picture(1, 1), "WEBP", lossless=True)
    out["animation.webp"] = saved(image, "WEBP", save_all=True, append_images=[image.rotate(90)], lossless=True)
    out["exif-6.webp"] = saved(image, "WEBP", quality=80, exif=b"Exif\0\0" + orientation_tiff(6))
    out["exif-6-lossless.webp"] = saved(image, "WEBP", lossless=True, exif=orientation_tiff(6, order=">"))
    out["exif-6-alpha.webp"] = saved(clear, "WEBP", quality=80, exif=orientation_tiff(6))
    out["xmp-6.webp"] = saved(image, "WEBP", quality=80, xmp=xmp(6))
    out["profile.webp"] = saved(image, "WEBP", quality=80, icc_profile=b"not a profile")
    out["half.webp"] = plain[: len(plain) // 2]
    out["half-lossless.webp"] = out["lossless-method-3.webp"][:300]
    out["trailing-bytes.webp"] = plain + b"more"
    return out
