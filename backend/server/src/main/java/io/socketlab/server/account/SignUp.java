package io.socketlab.server.account;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * The form by which one becomes known.
 *
 * @param login e-mail address or user name
 */
record SignUp(
        @NotBlank(message = "Give the name that we shall call you.")
                @Size(max = 80, message = "A name has at most 80 characters.")
                String name,
        @NotBlank(message = "Give an e-mail address or a user name.")
                @Size(max = 254, message = "That is longer than any e-mail address: at most 254.")
                @Pattern(
                        regexp = "\\s*[^\\s]{2,}\\s*",
                        message =
                                "An e-mail address or user name has no spaces and at least 2 characters.")
                String login,
        @NotBlank(message = "Give a password.")
                @Size(
                        min = 10,
                        max = 200,
                        message = "A password has 10 to 200 characters; a few words do well.")
                String password) {

    static SignUp empty() {
        return new SignUp("", "", "");
    }

    @Override
    public String toString() {
        return "SignUp[" + login + "]"; // never the password
    }
}
