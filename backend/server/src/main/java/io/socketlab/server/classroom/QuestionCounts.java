package io.socketlab.server.classroom;

import io.socketlab.server.course.Seat;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * On every page of a course: how many questions wait for its staff, and which answers are new to a
 * student. Only whoever keeps questions knows them, and all pages of courses have the same head.
 */
@Configuration
class QuestionCounts implements WebMvcConfigurer, HandlerInterceptor {

    private final Questions questions;

    QuestionCounts(Questions questions) {
        this.questions = questions;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/courses/**");
    }

    @Override
    public void postHandle(
            HttpServletRequest request,
            HttpServletResponse response,
            Object handler,
            @Nullable ModelAndView view) {
        if (view == null || !(view.getModel().get("seat") instanceof Seat seat)) return;
        List<Question> answered =
                seat.isStaff()
                        ? List.of()
                        : seat.member()
                                .account()
                                .map(me -> questions.unseen(seat.course(), me))
                                .orElse(List.of());
        view.addObject("answered", answered);
        view.addObject(
                "waiting",
                seat.isStaff()
                        ? Map.of("questions", questions.open(seat.course()))
                        : Map.<String, Integer>of());
    }
}
