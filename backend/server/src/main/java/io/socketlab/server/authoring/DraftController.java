package io.socketlab.server.authoring;

import io.socketlab.lab.model.ImageType;
import io.socketlab.lab.model.LabReader;
import io.socketlab.server.account.SignedIn;
import io.socketlab.server.web.Images;
import io.socketlab.server.web.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Writing a draft: its files, what is wrong with them, and the statement as students see it. */
@Controller
@RequestMapping("/author/{id}")
class DraftController {

    /** Where a lab has its images. */
    private static final String ASSETS = "assets/";

    private final Drafts drafts;
    private final DraftReader reader;

    DraftController(Drafts drafts, DraftReader reader) {
        this.drafts = drafts;
        this.reader = reader;
    }

    @GetMapping
    String write(
            @PathVariable String id,
            @RequestParam(defaultValue = LabReader.FILE) String file,
            @AuthenticationPrincipal SignedIn me,
            Model model) {
        Draft draft = drafts.mine(me, id);
        DraftFile opened = drafts.file(draft, file);
        return page(model, draft, opened, opened.text(), Optional.empty());
    }

    private String page(
            Model model,
            Draft draft,
            DraftFile file,
            Optional<String> text,
            Optional<List<LineDiff.Hunk>> conflict) {
        List<DraftFile> files = drafts.files(draft);
        DraftReader.Reading reading = reader.read(draft, drafts.folder(draft));
        model.addAttribute("page", DraftPage.of(draft, files, file, text, reading, conflict));
        model.addAttribute("draft", draft);
        model.addAttribute("tab", "write");
        return "authoring/draft";
    }

    /**
     * A file as it was written.
     *
     * @param version of the file that was changed
     */
    record FileForm(String path, int version, String text) {}

    @PostMapping("/files")
    String save(
            @PathVariable String id,
            @ModelAttribute FileForm form,
            @AuthenticationPrincipal SignedIn me,
            HttpServletResponse response,
            Model model,
            RedirectAttributes once) {
        Draft draft = drafts.mine(me, id);
        String path = form.path();
        String mine = form.text().replace("\r\n", "\n"); // as forms send it
        try {
            drafts.write(draft, path, form.version(), mine);
            once.addFlashAttribute("saved", true);
            return redirect(draft, path, once);
        } catch (StaleDraftException e) {
            response.setStatus(HttpStatus.CONFLICT.value());
            String stored = e.now().text().orElse("");
            return page(
                    model,
                    draft,
                    e.now(),
                    Optional.of(mine),
                    Optional.of(LineDiff.hunks(stored, mine)));
        } catch (ProblemException e) {
            response.setStatus(e.getStatusCode().value());
            model.addAttribute("problem", e.getBody().getDetail());
            DraftFile stored = drafts.file(draft, path);
            return page(model, draft, stored, Optional.of(mine), Optional.empty());
        }
    }

    @PostMapping("/files/new")
    String make(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String path,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes once) {
        Draft draft = drafts.mine(me, id);
        String name = path.strip();
        try {
            drafts.write(draft, name, 0, "");
            return redirect(draft, name, once);
        } catch (StaleDraftException e) {
            return redirect(draft, name, once); // it is there: so it is opened
        } catch (ProblemException e) {
            once.addFlashAttribute("problem", e.getBody().getDetail());
            return redirect(draft, LabReader.FILE, once);
        }
    }

    /** An image, which nobody writes in a page. */
    @PostMapping("/files/bring")
    String bring(
            @PathVariable String id,
            @RequestParam MultipartFile image,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes once)
            throws IOException {
        Draft draft = drafts.mine(me, id);
        String name = String.valueOf(image.getOriginalFilename()).replaceFirst("^.*[/\\\\]", "");
        String path = ASSETS + name.replace(' ', '-');
        try {
            if (ImageType.of(path).isEmpty()) {
                throw DraftProblems.badFile(
                        "'" + name + "' is no image: expected png, jpg, gif, webp or svg.");
            }
            drafts.bring(draft, path, image.getBytes());
            return redirect(draft, path, once);
        } catch (StaleDraftException e) {
            once.addFlashAttribute("problem", path + " was changed just now. Bring it again.");
        } catch (ProblemException e) {
            once.addFlashAttribute("problem", e.getBody().getDetail());
        }
        return redirect(draft, LabReader.FILE, once);
    }

    @PostMapping("/files/delete")
    String remove(
            @PathVariable String id,
            @RequestParam String path,
            @RequestParam int version,
            @AuthenticationPrincipal SignedIn me,
            RedirectAttributes once) {
        Draft draft = drafts.mine(me, id);
        try {
            drafts.remove(draft, path, version);
            return redirect(draft, LabReader.FILE, once);
        } catch (StaleDraftException e) {
            once.addFlashAttribute(
                    "problem", path + " has been changed since you opened it, so it was kept.");
        } catch (ProblemException e) {
            once.addFlashAttribute("problem", e.getBody().getDetail());
        }
        return redirect(draft, LabReader.FILE, once);
    }

    private static String redirect(Draft draft, String path, RedirectAttributes once) {
        once.addAttribute("file", path);
        return "redirect:/author/" + draft.id();
    }

    @PostMapping("/delete")
    String delete(@PathVariable String id, @AuthenticationPrincipal SignedIn me) {
        drafts.delete(drafts.mine(me, id));
        return "redirect:/author";
    }

    @GetMapping("/zip")
    ResponseEntity<byte[]> export(@PathVariable String id, @AuthenticationPrincipal SignedIn me) {
        Draft draft = drafts.mine(me, id);
        return zip(draft.labId(), drafts.folder(draft));
    }

    /** An image as it stands in the draft, for the preview of its statement. */
    @GetMapping({"/images/{file}", "/images/{folder}/{file}"})
    void image(
            @PathVariable String id,
            @PathVariable Optional<String> folder,
            @PathVariable String file,
            @AuthenticationPrincipal SignedIn me,
            HttpServletResponse response)
            throws IOException {
        Draft draft = drafts.mine(me, id);
        String path = folder.map(f -> f + "/").orElse("") + file;
        Optional<ImageType> type = ImageType.of(path);
        Optional<byte[]> octets = drafts.folder(draft).octets(path);
        if (type.isEmpty() || octets.isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        Images.send(response, type.get().mediaType(), octets.get(), 0);
    }

    /** A folder to take away. */
    static ResponseEntity<byte[]> zip(String labId, LabFolder folder) {
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, "application/zip")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(labId + ".zip").build().toString())
                .body(LabZip.write(labId, folder));
    }
}
